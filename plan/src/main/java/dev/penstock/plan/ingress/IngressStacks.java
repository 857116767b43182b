package dev.penstock.plan.ingress;

import dev.penstock.plan.StackPlan;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans one Ingress stack: load balancer, security group, target groups, listeners and rules, with
 * bindings, backend access, host claims and statuses (LBC 4). Pure: the same input gives the same
 * plan. A member that is at fault is told, and changes nothing for the others (I7); what is not
 * known blocks the plan, never bends it (I2).
 */
public final class IngressStacks {
  private IngressStacks() {}

  public static StackPlan build(StackInput input) {
    var draft = new StackDraft(input);
    List<Participant> participants = Participants.of(draft);
    boolean anyStands = participants.stream().anyMatch(Participant::standing);
    if (!anyStands && input.members().stream().anyMatch(Participants::leaves)) {
      if (Participants.anyObstacle(input)) {
        draft.block("the last member is deleted but protects the load balancer from deletion");
      }
      return draft.plan();
    }
    Optional<Network> network = input.cloud().network(input.registration().vpcId());
    if (!anyStands) {
      draft.block("no member of the group has ever been valid");
    } else if (network.isEmpty()) {
      draft.block("the network of " + input.registration().vpcId() + " is not known yet");
    } else {
      write(draft, participants, network.get());
    }
    return draft.plan();
  }

  private static void write(StackDraft draft, List<Participant> participants, Network network) {
    var certificates = new CertificateChoice(draft);
    List<GroupListener> listeners = new ListenerMerge(draft, participants, certificates).merge();
    if (draft.blocked()) {
      return;
    }
    var loadBalancer = new LoadBalancerBuilder(draft, participants, listeners, network).build();
    if (loadBalancer.isEmpty()) {
      return;
    }
    new RequestedCertificates(draft).write(participants);
    new ProtectionBuilder(draft, participants, loadBalancer.get().key()).write();
    if (draft.blocked()) {
      return;
    }
    Optional<Frontend> frontend =
        new FrontendChoice(draft, participants, listeners, network, loadBalancer.get()).settle();
    Optional<Integer> redirect = new RedirectRule(draft, listeners).port(participants);
    var targetGroups = new TargetGroupBuilder(draft, participants, loadBalancer.get());
    if (draft.blocked()) {
      return;
    }
    var rules = new RuleBuilder(draft, targetGroups, redirect);
    var listenerBuilder = new ListenerBuilder(draft, targetGroups, redirect);
    listeners.forEach(rules::collect);
    rules.fit(participants);
    if (nothingStands(draft, participants, loadBalancer.get().key())) {
      draft.block("no member of the group can be served yet");
      return;
    }
    for (GroupListener listener : listeners) {
      listenerBuilder.collect(listener);
      rules.use(listener);
    }
    targetGroups.write();
    for (GroupListener listener : listeners) {
      listenerBuilder.write(listener, loadBalancer.get().key());
      rules.write(listener);
    }
    var own = Reporting.byMember(draft);
    var door =
        frontend.map(f ->
            new Reporting.Door(
                new FrontendBuilder(draft, loadBalancer.get(), f).write(participants),
                f.ports().stream().map(Frontend.Port::target).toList()));
    List<Integer> ports = listeners.stream().map(GroupListener::port).toList();
    var doors = new Reporting.Doors(loadBalancer.get().key(), ports, door);
    claimAndReport(draft, participants, own, doors);
  }

  /** A load balancer is not made for answers 503 alone. */
  private static boolean nothingStands(
      StackDraft draft, List<Participant> participants, ResourceKey loadBalancer) {
    return draft.live(loadBalancer).isEmpty()
        && participants.stream().noneMatch(p -> p.standing() && !draft.isHeldBack(p.member()));
  }

  private static void claimAndReport(
      StackDraft draft,
      List<Participant> participants,
      Map<ObjectKey, List<Desired>> byMember,
      Reporting.Doors doors) {
    for (Participant participant : participants) {
      var own = byMember.getOrDefault(participant.member(), List.of());
      boolean serves =
          participant.standing()
              && (!draft.isHeldBack(participant.member()) || Reporting.anyLive(draft, own));
      if (serves) {
        Reporting.claims(draft, participant, doors);
        draft.statuses.add(Reporting.status(participant, doors, own));
      }
    }
  }
}
