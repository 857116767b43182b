package dev.penstock.streams.decide;

import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.tables.Table;
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
  private final ObjectKey member;
  private final Set<String> shown;

  ShownAddress(Turn turn, ObjectKey member) {
    this.turn = turn;
    this.member = member;
    this.shown =
        turn.get(Table.OBJECTS, member.toString()).stream()
            .flatMap(row ->
                row.object() instanceof Ingress ingress
                    ? ingress.status().stream()
                    : Stream.empty())
            .flatMap(address -> address.hostname().stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  /** Whether it is that of a load balancer of the stack that is there and ours. */
  boolean isOf(StackId stack) {
    return turn.scan(Table.OBSERVED, stack + "|" + ResourceKind.LOAD_BALANCER.text() + "|").stream()
        .filter(e -> !Strangers.holds(turn, ResourceKey.parse(e.key())))
        .anyMatch(
            e -> e.row().presence() instanceof Present(LiveLoadBalancer balancer) && is(balancer));
  }

  /**
   * Whether it may become that of the load balancer now.
   *
   * @param complete the load balancer's stack, which the member is in
   */
  boolean mayBe(ResourceKey balancer, Completeness complete) {
    return Knowledge.live(turn, balancer).orElse(null) instanceof LiveLoadBalancer next
        && (is(next) || !leadsElsewhere(balancer.stack()) || serves(next, complete));
  }

  private boolean is(LiveLoadBalancer balancer) {
    return shown.contains(balancer.dnsName().toLowerCase(Locale.ROOT));
  }

  private boolean leadsElsewhere(StackId stack) {
    return Stream.concat(Stream.of(stack), Moves.others(turn, stack, member)).anyMatch(this::isOf);
  }

  private boolean serves(LiveLoadBalancer next, Completeness complete) {
    return next.state().equals("active") && complete.whole(member);
  }
}
