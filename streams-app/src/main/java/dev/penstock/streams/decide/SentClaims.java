package dev.penstock.streams.decide;

import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.event.ClaimFact.Claimed;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a stack claims of the scopes that own its host names. A claim is sent when its load balancer
 * is there, again when it points elsewhere, and withdrawn when nobody wants it.
 */
final class SentClaims {
  private final Turn turn;
  private final StackId stack;
  private final List<Scope> scopes;

  SentClaims(Turn turn, StackId stack, List<Scope> scopes) {
    this.turn = turn;
    this.stack = stack;
    this.scopes = scopes;
  }

  void send(List<HostClaim> claims) {
    var kept = new HashSet<String>();
    for (var claim : claims) {
      var key = Claims.sent(claim.host().host(), stack, claim.member());
      kept.add(key);
      pointing(claim).ifPresent(p -> keep(key, claim.host().host(), claim.member(), p));
    }
    for (var entry : turn.scan(Table.CLAIMS, Claims.sentPrefix(stack))) {
      if (!kept.contains(entry.key())) {
        withdraw(entry.key(), entry.row());
      }
    }
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
              host.ttlSeconds(),
              host.routing(),
              host.setIdentifier(),
              label));
    }
    return Knowledge.live(turn, claim.loadBalancer())
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
                host.ttlSeconds(),
                host.routing(),
                host.setIdentifier(),
                label));
  }

  /**
   * A name that leads to a load balancer moves to its successor only when that one is active, has
   * all that stands on it, and a healthy target wherever the old one has registered ones.
   */
  private boolean serves(HostClaim claim, Live.LiveLoadBalancer balancer) {
    var before =
        turn.get(Table.CLAIMS, Claims.sent(claim.host().host(), stack, claim.member()))
            .flatMap(ClaimRow::pointing)
            .flatMap(Pointing::alias);
    if (before.isEmpty() || before.get().dnsName().equalsIgnoreCase(balancer.dnsName())) {
      return true;
    }
    var moves = !stands(before.get()) || balancer.state().equals("active") && complete();
    if (!moves) {
      var soon = turn.now().plusMillis(turn.settings().healthPollMillis());
      Timers.setBy(turn, TimerKind.DECIDE, "stack|" + stack, soon);
    }
    return moves;
  }

  /** Whether the load balancer that the name leads to is still there. */
  private boolean stands(RecordSet.Alias alias) {
    return turn.scan(Table.OBSERVED, stack + "|LoadBalancer|").stream()
        .anyMatch(e ->
            e.row().presence() instanceof Present(Live.LiveLoadBalancer b)
                && b.dnsName().equalsIgnoreCase(alias.dnsName()));
  }

  private boolean complete() {
    return turn.scan(Table.DESIRED, stack + "|").stream()
        .filter(e -> e.row().wanted())
        .allMatch(e -> isThere(ResourceKey.parse(e.key())));
  }

  private boolean isThere(ResourceKey key) {
    if (Knowledge.live(turn, key).isEmpty()) {
      return false;
    }
    var targets = turn.scan(Table.TARGETS, key + "|");
    return key.kind() != ResourceKind.TARGET_GROUP
        || targets.stream().noneMatch(e -> e.row().endpoint().isPresent())
        || targets.stream()
            .flatMap(e -> e.row().registered().stream())
            .anyMatch(r -> r.health().state().equals("healthy"));
  }

  private void keep(String key, String host, ObjectKey member, Pointing pointing) {
    var before = turn.get(Table.CLAIMS, key);
    if (before.flatMap(ClaimRow::pointing).filter(pointing::equals).isPresent()) {
      return;
    }
    claim(key, host, member, Optional.of(pointing));
  }

  /** The row stays until the owner of the name has answered. */
  private void withdraw(String key, ClaimRow row) {
    if (row.pointing().isPresent()) {
      claim(key, row.host(), row.member(), Optional.empty());
    } else if (row.standing() == Standing.WITHDRAWN) {
      turn.delete(Table.CLAIMS, key);
    }
  }

  private void claim(String key, String host, ObjectKey member, Optional<Pointing> pointing) {
    var standing = scopes.isEmpty() ? Standing.WITHDRAWN : Standing.PENDING;
    turn.put(
        Table.CLAIMS,
        key,
        new ClaimRow(
            host,
            turn.scope(),
            stack,
            member,
            turn.seq(),
            pointing,
            standing,
            scopes.isEmpty() ? "the cluster's registration names no DNS scope" : "",
            turn.now()));
    for (var scope : scopes) {
      turn.event(scope, host, new Claimed(host, turn.scope(), stack, member, turn.seq(), pointing));
    }
  }
}
