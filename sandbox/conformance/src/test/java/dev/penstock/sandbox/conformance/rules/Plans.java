package dev.penstock.sandbox.conformance.rules;

import dev.penstock.plan.CloudView;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.ingress.IngressStacks;
import dev.penstock.plan.ingress.StackInput;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.table.MemberRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is planned for the group of all members of a world, of which nobody was planned before. */
final class Plans {
  private Plans() {}

  static StackPlan of(CaseWorld world, CloudView cloud) {
    return of(world, cloud, world.members());
  }

  static StackPlan of(CaseWorld world, CloudView cloud, List<MemberIntent> members) {
    return of(world, cloud, members, Map.of(), Quotas.defaults());
  }

  static StackPlan of(CaseWorld world, CloudView cloud, Quotas quotas) {
    return of(world, cloud, world.members(), Map.of(), quotas);
  }

  /**
   * @param successors how often a resource was replaced, by its id
   */
  static StackPlan of(CaseWorld world, CloudView cloud, Map<String, Integer> successors) {
    return of(world, cloud, world.members(), successors, Quotas.defaults());
  }

  private static StackPlan of(
      CaseWorld world,
      CloudView cloud,
      List<MemberIntent> members,
      Map<String, Integer> successors,
      Quotas quotas) {
    var rows =
        members.stream()
            .map(m -> new MemberRow(m, Optional.empty(), List.of(), 1, Optional.empty()))
            .toList();
    var stack = members.getFirst().stack();
    return IngressStacks.build(
        new StackInput(stack, world.registration(), rows, cloud, successors, quotas));
  }

  /** All of one kind. */
  static <T extends ResourceSpec> List<T> specs(StackPlan plan, Class<T> kind) {
    return plan.resources().stream()
        .map(StackPlan.Desired::spec)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
