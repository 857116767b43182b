package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * I4: however often it is tried, a create leaves one resource: one for each command, and never a
 * twin that carries the same marks and differs in nothing that would need a replacement.
 */
final class OnceCheck implements Check {
  private static final List<String> MARKS =
      List.of(
          "elbv2.k8s.aws/cluster",
          "elbv2.k8s.aws/resource",
          "ingress.k8s.aws/stack",
          "ingress.k8s.aws/resource");

  private record Product(String commandId, String kind) {}

  private final Evidence evidence;
  private final Map<Product, String> products = new HashMap<>();

  OnceCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I4;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    for (var change : call.changes()) {
      if (isMade(change)) {
        made(call, change, wrong);
      }
    }
  }

  /** Whether it was not there before; a listener's default rule comes with its listener. */
  static boolean isMade(RowChange change) {
    return change.before().isEmpty() && isOfItsOwn(change);
  }

  private static boolean isOfItsOwn(RowChange change) {
    return switch (change.kind()) {
      case Estate.LOAD_BALANCERS, Estate.TARGET_GROUPS, Estate.LISTENERS, Estate.SECURITY_GROUPS ->
          true;
      case Estate.RULES ->
          change.after().map(RuleRow.class::cast).filter(r -> !r.model().isDefault()).isPresent();
      default -> false;
    };
  }

  private void made(Evidence.Call call, RowChange change, Consumer<String> wrong) {
    var product = new Product(call.commandId(), change.kind());
    var earlier = products.put(product, change.key());
    if (earlier != null && call.estate().has(change.kind(), earlier)) {
      wrong.accept(call + " made " + change.key() + " although it had made " + earlier);
    }
    twin(call.estate(), change)
        .ifPresent(
            twin -> wrong.accept(call + " made " + change.key() + " beside its twin " + twin));
  }

  /** Another resource of the same marks that could do as well. */
  private Optional<String> twin(Estate estate, RowChange change) {
    var key = change.key();
    return switch (change.kind()) {
      case Estate.LOAD_BALANCERS ->
          twin(
              estate,
              key,
              fixed((LoadBalancerRow) change.after().orElseThrow()),
              estate.loadBalancers().all().stream().map(row -> Map.entry(row.arn(), fixed(row))));
      case Estate.TARGET_GROUPS ->
          twin(
              estate,
              key,
              fixed((TargetGroupRow) change.after().orElseThrow()),
              estate.targetGroups().all().stream().map(row -> Map.entry(row.arn(), fixed(row))));
      case Estate.SECURITY_GROUPS ->
          twin(
              estate,
              key,
              ((SecurityGroup) change.after().orElseThrow()).vpcId(),
              estate.securityGroups().all().stream()
                  .map(group -> Map.entry(group.groupId(), group.vpcId())));
      default -> Optional.empty();
    };
  }

  private static Optional<String> twin(
      Estate estate, String key, Object fixed, Stream<? extends Map.Entry<String, ?>> others) {
    var marks = marks(estate, key);
    return others
        .filter(other -> !other.getKey().equals(key) && other.getValue().equals(fixed))
        .map(Map.Entry::getKey)
        .filter(other -> !marks.isEmpty() && marks(estate, other).equals(marks))
        .findFirst();
  }

  /** What tells for which group, and for what in it, a thing was made. */
  private static Map<String, String> marks(Estate estate, String id) {
    var marks = new HashMap<>(estate.tagsOf(id));
    marks.keySet().retainAll(MARKS);
    return marks;
  }

  /** What can only be had by making another one. */
  private static List<String> fixed(LoadBalancerRow row) {
    return List.of(
        row.model().schemeAsString(),
        row.model().typeAsString(),
        String.valueOf(row.model().vpcId()));
  }

  private static List<String> fixed(TargetGroupRow row) {
    var model = row.model();
    return List.of(
        String.valueOf(model.targetTypeAsString()),
        String.valueOf(model.protocolAsString()),
        String.valueOf(model.protocolVersion()),
        String.valueOf(model.port()),
        String.valueOf(model.vpcId()),
        String.valueOf(model.ipAddressTypeAsString()));
  }
}
