package dev.penstock.streams.decide;

import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.event.ClaimFact.Claimed;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.tables.Table;
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
