package dev.penstock.plan.names;

import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.Metadata;
import java.util.ArrayList;
import java.util.List;

/** LBC's finalizers: one for implicit groups, one for each explicit group (LBC 4.2). */
public final class Finalizers {
  private static final String IMPLICIT = "ingress.k8s.aws/resources";
  private static final String EXPLICIT = "group.ingress.k8s.aws/";

  private Finalizers() {}

  /** The finalizer that members of this Ingress stack carry. */
  public static String of(StackId stack) {
    return stack.id().indexOf('/') < 0 ? EXPLICIT + stack.id() : IMPLICIT;
  }

  /** The Ingress stacks whose finalizers the object carries. */
  public static List<StackId> held(String cluster, Metadata metadata) {
    var stacks = new ArrayList<StackId>();
    for (String finalizer : metadata.finalizers()) {
      if (finalizer.equals(IMPLICIT)) {
        var id = metadata.namespace() + "/" + metadata.name();
        stacks.add(new StackId(cluster, StackKind.INGRESS, id));
      } else if (finalizer.startsWith(EXPLICIT)) {
        var id = finalizer.substring(EXPLICIT.length());
        stacks.add(new StackId(cluster, StackKind.INGRESS, id));
      }
    }
    return List.copyOf(stacks);
  }
}
