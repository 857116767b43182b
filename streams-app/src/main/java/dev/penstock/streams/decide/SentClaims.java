package dev.penstock.streams.decide;

import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.plan.policy.Circumstances.Leaving;
import dev.penstock.plan.policy.Circumstances.Requested;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.event.ClaimFact.Claimed;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a stack claims of the scopes that own its host names, one row for each of these scopes. A
 * claim is sent when its load balancer is there, again when it points elsewhere, and withdrawn when
 * nobody wants it and policy would let the member's other resources go too, or as soon as the group
 * that the member went to makes it.
 */
final class SentClaims {
  private final Turn turn;
  private final StackId stack;
  private final List<Scope> scopes;
  private final Holds holds;
  private final Departures departures;
  private final Completeness complete;

  SentClaims(Turn turn, StackId stack, List<Scope> scopes, Holds holds) {
    this.turn = turn;
    this.stack = stack;
    this.scopes = scopes;
    this.holds = holds;
    this.departures = new Departures(turn, stack, holds);
    this.complete = new Completeness(turn, stack);
  }

  void send(List<HostClaim> claims, Cause cause) {
    var kept = new HashSet<String>();
    for (var claim : claims) {
      var host = claim.host().host();
      if (Moves.tookOver(turn, stack, host, claim.member())) {
        continue;
      }
      scopes.forEach(scope -> kept.add(Claims.sent(host, stack, claim.member(), scope)));
      pointing(claim).ifPresent(p -> scopes.forEach(scope -> keep(host, claim.member(), scope, p)));
    }
    for (var entry : rows()) {
      if (!kept.contains(entry.key())) {
        leave(entry.key(), entry.row(), cause);
      }
    }
  }

  /** Nothing can be concluded now: each claim stays, and so does what is held of it. */
  void stay() {
    rows().forEach(entry -> holds.unsure(entry.key()));
  }

  private List<Entry<ClaimRow>> rows() {
    return turn.scan(Table.CLAIMS, Claims.sentPrefix(stack));
  }

  private Optional<Pointing> pointing(HostClaim claim) {
    var host = claim.host();
    var label = "ingress/" + claim.member().path();
    if (!host.targets().isEmpty()) {
      return Optional.of(
          new Pointing(
              Optional.empty(),
              false,
              host.targets(),
              host.alias(),
              host.ttlSeconds(),
              host.routing(),
              host.setIdentifier(),
              label));
    }
    return Knowledge.live(turn, claim.resource())
        .filter(_ -> !Strangers.holds(turn, claim.resource()))
        .flatMap(
            live -> live instanceof Live.LiveLoadBalancer b ? Optional.of(b) : Optional.empty())
        .filter(balancer -> serves(claim, balancer))
        .map(balancer ->
            new Pointing(
                Optional.of(
                    new RecordSet.Alias(
                        balancer.hostedZoneId(),
                        balancer.dnsName().toLowerCase(Locale.ROOT),
                        turn.settings().dns().evaluateTargetHealth())),
                claim.ipv6(),
                List.of(),
                false,
                host.ttlSeconds(),
                host.routing(),
                host.setIdentifier(),
                label));
  }

  /**
   * A name that leads to a load balancer moves to another one only when that one is active and the
   * stack is complete, or from another group when all is there that the member wants.
   */
  private boolean serves(HostClaim claim, Live.LiveLoadBalancer balancer) {
    var active = balancer.state().equals("active");
    return (!leadsElsewhere(stack, claim, balancer) || active && complete.whole())
        && (Moves.others(turn, stack, claim.member())
                .noneMatch(other -> leadsElsewhere(other, claim, balancer))
            || active && complete.whole(claim.member()));
  }

  /** Whether a stack of the member leads the name to another load balancer that is still there. */
  private boolean leadsElsewhere(StackId from, HostClaim claim, Live.LiveLoadBalancer balancer) {
    return turn
        .scan(Table.CLAIMS, Claims.sentPrefix(from, claim.host().host(), claim.member()))
        .stream()
        .flatMap(e -> e.row().pointing().flatMap(Pointing::alias).stream())
        .filter(alias -> !alias.dnsName().equalsIgnoreCase(balancer.dnsName()))
        .anyMatch(alias -> stands(from, alias));
  }

  private boolean stands(StackId from, RecordSet.Alias alias) {
    return turn.scan(Table.OBSERVED, from + "|LoadBalancer|").stream()
        .anyMatch(e ->
            e.row().presence() instanceof Present(Live.LiveLoadBalancer b)
                && b.dnsName().equalsIgnoreCase(alias.dnsName()));
  }

  private void keep(String host, ObjectKey member, Scope owner, Pointing pointing) {
    var before = turn.get(Table.CLAIMS, Claims.sent(host, stack, member, owner));
    if (before.flatMap(ClaimRow::pointing).filter(pointing::equals).isEmpty()) {
      claim(host, member, owner, Optional.of(pointing));
    }
  }

  /** The row stays until the owner of the name has answered. */
  private void leave(String key, ClaimRow row, Cause cause) {
    if (row.pointing().isEmpty()) {
      if (row.standing() == Standing.WITHDRAWN) {
        turn.delete(Table.CLAIMS, key);
      }
      return;
    }
    if (Moves.tookOver(turn, stack, row.host(), row.member())) {
      claim(row.host(), row.member(), row.owner(), Optional.empty());
      return;
    }
    holds.leaving(key);
    var held = departures.held(leaving(key, row, cause), key);
    held.ifPresent(hold -> holds.hold(key, hold));
    if (held.isEmpty()) {
      claim(row.host(), row.member(), row.owner(), Optional.empty());
    }
  }

  /** What is held of other code stays so, whatever the stack is decided anew for. */
  private Leaving leaving(String key, ClaimRow row, Cause cause) {
    var leaving = departures.of(row, cause);
    return leaving instanceof Requested(_, var place) && place == 0 && holds.waits(key)
        ? new Unasked(cause.sentence())
        : leaving;
  }

  private void claim(String host, ObjectKey member, Scope owner, Optional<Pointing> pointing) {
    var seq = seq(host, member, owner);
    turn.put(
        Table.CLAIMS,
        Claims.sent(host, stack, member, owner),
        new ClaimRow(
            host,
            owner,
            turn.scope(),
            stack,
            member,
            seq,
            pointing,
            Standing.PENDING,
            "",
            Optional.empty(),
            turn.now(),
            Optional.empty()));
    turn.event(owner, host, new Claimed(host, turn.scope(), stack, member, seq, pointing));
    if (pointing.isPresent()) {
      var sentence = "group " + stack.id() + " claims " + host;
      Moves.others(turn, stack, member).forEach(other -> Dirt.stack(turn, other, sentence));
    }
  }

  /**
   * Each word of a member about a name has a greater number than its last one, also within one
   * decision: an answer is to one word.
   */
  private long seq(String host, ObjectKey member, Scope owner) {
    return Stream.concat(Stream.of(stack), Moves.others(turn, stack, member))
        .flatMap(of -> turn.get(Table.CLAIMS, Claims.sent(host, of, member, owner)).stream())
        .mapToLong(row -> row.seq() + 1)
        .reduce(turn.seq(), Math::max);
  }
}
