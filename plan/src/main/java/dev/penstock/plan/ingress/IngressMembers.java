package dev.penstock.plan.ingress;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.Problems;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Invalid;
import dev.penstock.schemas.intent.MemberIntent.Leaving;
import dev.penstock.schemas.intent.MemberIntent.MemberState;
import dev.penstock.schemas.intent.MemberIntent.Removal;
import dev.penstock.schemas.intent.MemberIntent.Valid;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.table.MemberRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one Ingress with its class, annotations and backends into what it wants (LBC 0, 1, 4.1,
 * 4.7, 4.10). Pure: the same view gives the same reading. What it looks up is noted by the view.
 */
public final class IngressMembers {
  private IngressMembers() {}

  public static MemberReading read(ClusterView view, ObjectKey key) {
    var found = view.find(key);
    if (found.isEmpty()) {
      return new MemberReading.NotOurs("the object does not exist", List.of());
    }
    KubernetesObject object = found.get();
    if (object.metadata().deleted().isPresent()) {
      return new MemberReading.NotOurs(
          "the object is being deleted", leaving(key, object, Removal.REQUESTED));
    }
    return object instanceof Ingress ingress ? live(view, key, ingress) : malformed(key, object);
  }

  /** What of its last good intent counts for a member: all that its object still names. */
  public static Optional<MemberIntent> inForce(MemberRow row) {
    return row.lastGood().map(lastGood -> Remnants.cut(lastGood, row.current()));
  }

  private static MemberReading live(ClusterView view, ObjectKey key, Ingress ingress) {
    return switch (new ClassRules(view).choose(ingress)) {
      case ClassRules.Foreign(var reason) ->
          new MemberReading.NotOurs(reason, leaving(key, ingress, Removal.INFERRED));
      case ClassRules.Broken(var message) ->
          unclassed(view, key, ingress, new Problem("InvalidClass", message));
      case ClassRules.Ours(var params) -> {
        var annotations = annotations(ingress);
        yield GroupRules.stack(view, ingress.metadata(), params, annotations)
            .map(stack -> member(key, new MemberSource(view, ingress, stack, params, annotations)))
            .orElseGet(() -> ungrouped(view, key, ingress, params, annotations.problems()));
      }
    };
  }

  /** Nobody can tell what its class asks for: it keeps its ports, and the names it still names. */
  private static MemberReading unclassed(
      ClusterView view, ObjectKey key, Ingress ingress, Problem problem) {
    var intents = new ArrayList<MemberIntent>();
    for (StackId stack : Finalizers.held(key.cluster(), ingress.metadata())) {
      var source = new MemberSource(view, ingress, stack, Optional.empty(), annotations(ingress));
      var remnant = Remnants.withoutPorts(Remnants.of(source, IntentReader.read(source)));
      var state = new Invalid(List.of(problem), Optional.of(remnant), false);
      intents.add(intent(key, ingress.metadata(), stack, 0, state));
    }
    return new MemberReading.Refused(List.of(problem), List.copyOf(intents));
  }

  private static MemberReading member(ObjectKey key, MemberSource source) {
    var leaving =
        leaving(key, source.ingress(), Removal.REQUESTED).stream()
            .filter(i -> !i.stack().equals(source.stack()))
            .toList();
    return new MemberReading.Member(intent(key, source), leaving);
  }

  /** Nobody can tell which group is meant: it keeps what it had, cut to what it still names. */
  private static MemberReading ungrouped(
      ClusterView view,
      ObjectKey key,
      Ingress ingress,
      Optional<IngressClassParams> params,
      Problems problems) {
    var intents = new ArrayList<MemberIntent>();
    for (StackId stack : Finalizers.held(key.cluster(), ingress.metadata())) {
      var annotations = annotations(ingress);
      problems.errors().forEach(p -> annotations.problems().error(p.reason(), p.message()));
      var source = new MemberSource(view, ingress, stack, params, annotations);
      var remnant = Remnants.of(source, IntentReader.read(source));
      var state = new Invalid(source.problems().errors(), Optional.of(remnant), false);
      int order = GroupRules.order(annotations);
      intents.add(intent(key, ingress.metadata(), stack, order, state));
    }
    return new MemberReading.Refused(problems.errors(), List.copyOf(intents));
  }

  private static MemberIntent intent(ObjectKey key, MemberSource source) {
    int order = GroupRules.order(source.annotations());
    IngressIntent intent = IntentReader.read(source);
    UnknownKeys.warn(source);
    var problems = source.problems();
    MemberState state =
        problems.anyError()
            ? new Invalid(problems.errors(), Optional.of(Remnants.of(source, intent)))
            : new Valid(intent, problems.warnings());
    return intent(key, source.ingress().metadata(), source.stack(), order, state);
  }

  private static AnnotationReader annotations(Ingress ingress) {
    return new AnnotationReader(
        Annotation.PREFIX, ingress.metadata().annotations(), new Problems());
  }

  private static MemberReading malformed(ObjectKey key, KubernetesObject object) {
    var reason =
        object instanceof Malformed(_, _, var why) ? why : "it is a " + object.kind().text();
    var problems = List.of(new Problem("MalformedObject", "the Ingress cannot be read: " + reason));
    boolean ours =
        object.metadata().annotations().keySet().stream()
                .anyMatch(annotation -> annotation.startsWith(Annotation.PREFIX))
            || !Finalizers.held(key.cluster(), object.metadata()).isEmpty();
    return ours
        ? new MemberReading.Refused(problems, held(key, object, problems))
        : new MemberReading.NotOurs("nothing in the unreadable object says ours", List.of());
  }

  private static List<MemberIntent> leaving(
      ObjectKey key, KubernetesObject object, Removal removal) {
    return inHeldStacks(key, object, new Leaving(removal, obstacle(object)));
  }

  /** Deletion protection that the object still asks for (LBC 1.1). */
  private static Optional<Problem> obstacle(KubernetesObject object) {
    var problems = new Problems();
    var name = Annotation.LOAD_BALANCER_ATTRIBUTES.key();
    var annotations =
        new AnnotationReader(Annotation.PREFIX, object.metadata().annotations(), problems);
    var value = annotations.map(name).getOrDefault("deletion_protection.enabled", "false");
    boolean deleted = object.metadata().deleted().isPresent();
    return deleted && !value.equals("false")
        ? Optional.of(
            new Problem(
                "DeletionProtected",
                annotations.key(name)
                    + ": deletion_protection.enabled is \""
                    + value
                    + "\"; the load balancer stays until that is false"))
        : problems.errors().stream().findFirst().filter(_ -> deleted);
  }

  /** The object keeps what it has in the stacks whose finalizer it carries. */
  private static List<MemberIntent> held(
      ObjectKey key, KubernetesObject object, List<Problem> problems) {
    return inHeldStacks(key, object, new Invalid(problems, Optional.empty()));
  }

  private static List<MemberIntent> inHeldStacks(
      ObjectKey key, KubernetesObject object, MemberState state) {
    var intents = new ArrayList<MemberIntent>();
    for (StackId stack : Finalizers.held(key.cluster(), object.metadata())) {
      intents.add(intent(key, object.metadata(), stack, 0, state));
    }
    return List.copyOf(intents);
  }

  private static MemberIntent intent(
      ObjectKey key, Metadata metadata, StackId stack, int order, MemberState state) {
    return new MemberIntent(key, metadata.uid(), metadata.generation(), stack, order, state);
  }
}
