package dev.penstock.plan.ingress;

import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.plan.StackPlan.MemberStatus;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;

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
      StackDraft draft, Participant participant, ResourceKey loadBalancer, List<Integer> ports) {
    List<ResourceKey> needs =
        draft.resources.stream()
            .filter(desired -> desired.wantedBy().contains(participant.member()))
            .map(Desired::key)
            .toList();
    return new MemberStatus(participant.member(), loadBalancer, ports, needs);
  }

  /** Whether some rule of a member that is held back is live and therefore kept. */
  static boolean anyLive(StackDraft draft, Participant participant) {
    return draft.resources.stream()
        .filter(desired -> desired.divergence().isEmpty())
        .filter(desired -> desired.wantedBy().equals(List.of(participant.member())))
        .anyMatch(desired -> draft.live(desired.key()).isPresent());
  }
}
