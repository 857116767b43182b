package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.GROUP_NAME;
import static dev.penstock.plan.ingress.Annotation.GROUP_ORDER;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.Metadata;
import java.util.Optional;
import java.util.regex.Pattern;

/** To which group an Ingress belongs and where it stands in it (LBC 4.1, items 5 and 7). */
final class GroupRules {
  private static final Pattern NAME = Pattern.compile("([a-z0-9][-a-z0-9.]*)?[a-z0-9]");
  private static final int MAX_NAME = 63;
  private static final int MAX_ORDER = 1000;

  private GroupRules() {}

  /** The stack, or empty when it may not join the group, which is then said in the problems. */
  static Optional<StackId> stack(
      ClusterView view,
      Metadata ingress,
      Optional<IngressClassParams> params,
      AnnotationReader annotations) {
    var registration = view.registration();
    var cluster = registration.cluster();
    var byClass = params.flatMap(IngressClassParams::groupName);
    var name = byClass.or(() -> annotations.text(GROUP_NAME.key()));
    if (name.isEmpty()) {
      return Optional.of(stack(cluster, ingress.namespace() + "/" + ingress.name()));
    }
    if (!NAME.matcher(name.get()).matches() || name.get().length() > MAX_NAME) {
      var where = byClass.isPresent() ? "group.name of the class" : annotations.key("group.name");
      annotations
          .problems()
          .error(
              "InvalidGroup",
              where
                  + ": \""
                  + name.get()
                  + "\" must have at most 63 lower case letters, digits,"
                  + " '-' or '.', with a letter or digit at both ends");
      return Optional.empty();
    }
    var stack = stack(cluster, name.get());
    if (byClass.isEmpty()
        && registration.controller().disableIngressGroupNameAnnotation()
        && !Finalizers.held(cluster, ingress).contains(stack)) {
      annotations
          .problems()
          .error(
              "InvalidGroup",
              annotations.key("group.name")
                  + ": may not be used in this cluster: groups are made by IngressClassParams");
      return Optional.empty();
    }
    var refusal = GroupAccess.refusal(view, name.get(), ingress.namespace());
    refusal.ifPresent(p -> annotations.problems().error(p.reason(), p.message()));
    return refusal.isPresent() ? Optional.empty() : Optional.of(stack);
  }

  static StackId stack(String cluster, String id) {
    return new StackId(cluster, StackKind.INGRESS, id);
  }

  static int order(AnnotationReader annotations) {
    int order = annotations.int32(GROUP_ORDER.key()).orElse(0);
    if (order < -MAX_ORDER || order > MAX_ORDER) {
      annotations.refuse(GROUP_ORDER.key(), "from -1000 to 1000");
      return 0;
    }
    return order;
  }
}
