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
import java.util.Optional;

/** What members get back: host claims, and a status once what they need is there (LBC 6.6). */
final class Reporting {
  private Reporting() {}

  /**
   * Where clients come in: the load balancer with the ports of the group, and the network load
   * balancer in front of it where there is one.
   */
  record Doors(ResourceKey loadBalancer, List<Integer> ports, Optional<Door> frontend) {

    /** The outermost load balancer through which some port of the member is reached. */
    ResourceKey entrance(Participant participant) {
      return frontend
          .filter(door -> door.leadsTo().stream().anyMatch(participant.ports()::contains))
          .map(Door::key)
          .orElse(loadBalancer);
    }
  }

  /** A load balancer in front, and the ports behind to which it leads. */
  record Door(ResourceKey key, List<Integer> leadsTo) {}

  /**
   * Names on our load balancers always get IPv4 and IPv6 aliases, as external-dns makes them. They
   * lead to the one in front, through which clients shall come.
   */
  static void claims(StackDraft draft, Participant participant, Doors doors) {
    var entrance = doors.entrance(participant);
    participant
        .intent()
        .hosts()
        .forEach(
            host -> draft.claims.add(new HostClaim(participant.member(), host, entrance, true)));
  }

  static MemberStatus status(Participant participant, Doors doors, List<Desired> own) {
    var needs = own.stream().map(Desired::key).toList();
    return new MemberStatus(
        participant.member(),
        doors.loadBalancer(),
        doors.ports(),
        doors.frontend().map(Door::key),
        needs);
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
