package dev.penstock.plan.ingress;

import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.plan.StackPlan.MemberStatus;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What members get back: host claims, and a status once what they need is there (LBC 6.6). */
final class Reporting {
  private Reporting() {}

  /** Names on our load balancers always get IPv4 and IPv6 aliases, as external-dns makes them. */
  static void claims(StackDraft draft, Participant participant, ResourceKey loadBalancer) {
    participant
        .intent()
        .hosts()
        .forEach(host ->
            draft.claims.add(new HostClaim(participant.member(), host, loadBalancer, true)));
  }

  static MemberStatus status(
      Participant participant, ResourceKey loadBalancer, List<Integer> ports, List<Desired> own) {
    var needs = own.stream().map(Desired::key).toList();
    return new MemberStatus(participant.member(), loadBalancer, ports, needs);
  }

  /** The resources of each member, in the order in which they can be made. */
  static Map<ObjectKey, List<Desired>> byMember(StackDraft draft) {
    var byMember = new HashMap<ObjectKey, List<Desired>>();
    for (Desired desired : draft.resources) {
      for (ObjectKey member : desired.wantedBy()) {
        byMember.computeIfAbsent(member, _ -> new ArrayList<>()).add(desired);
      }
    }
    return byMember;
  }

  /** Whether some rule of a member that is held back is live and therefore kept. */
  static boolean anyLive(StackDraft draft, List<Desired> own) {
    return own.stream()
        .filter(desired -> desired.key().kind() == ResourceKind.LISTENER_RULE)
        .filter(desired -> desired.divergence().isEmpty())
        .anyMatch(desired -> draft.live(desired.key()).isPresent());
  }
}
