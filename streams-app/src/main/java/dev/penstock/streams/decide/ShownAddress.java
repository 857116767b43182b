package dev.penstock.streams.decide;

import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.streams.turn.Turn;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The address that a member's object shows (design §7, make before break): as long as the load
 * balancer there stands, it is not taken away before another one serves the member.
 */
final class ShownAddress {
  private final Turn turn;
  private final StackId stack;
  private final ObjectKey member;
  private final Set<String> shown;

  /**
   * @param stack which the member is in
   */
  ShownAddress(Turn turn, StackId stack, ObjectKey member, Ingress object) {
    this.turn = turn;
    this.stack = stack;
    this.member = member;
    this.shown =
        object.status().stream()
            .flatMap(address -> address.hostname().stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  /**
   * Whether the object may show that load balancer of its stack now.
   *
   * @param complete the stack's
   */
  boolean mayBe(ResourceKey balancer, Completeness complete) {
    return Knowledge.live(turn, balancer).orElse(null) instanceof LiveLoadBalancer next
        && (isShown(next) || !leadsElsewhere() || serves(next, complete));
  }

  private boolean isShown(LiveLoadBalancer balancer) {
    return shown.contains(balancer.dnsName().toLowerCase(Locale.ROOT));
  }

  private boolean leadsElsewhere() {
    return Stream.concat(Stream.of(stack), Moves.others(turn, stack, member))
        .flatMap(from -> Moves.balancers(turn, from))
        .anyMatch(this::isShown);
  }

  private boolean serves(LiveLoadBalancer next, Completeness complete) {
    return next.state().equals("active") && complete.whole(member);
  }
}
