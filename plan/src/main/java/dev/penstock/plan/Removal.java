package dev.penstock.plan;

import dev.penstock.plan.Neighbours.Neighbour;
import dev.penstock.plan.dns.Zones;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ClaimRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must be gone before a resource may be deleted (AWS API: DependencyViolation, ResourceInUse),
 * so that no delete is tried that AWS must refuse, and none that takes traffic away too early.
 */
public final class Removal {
  private static final long ALIAS_TTL_SECONDS = 60;

  private Removal() {}

  /**
   * Blocked, or the delete itself. Neighbours are the resources of the same stack; for a shared
   * security group those of all stacks of its cluster.
   */
  public static Verdict ordered(ResourceKey key, Verdict.Delete delete, Neighbours neighbours) {
    return switch (key.kind()) {
      case LISTENER, LISTENER_RULE ->
          neighbours
              .goingParent(delete.observed())
              .<Verdict>map(n -> blocked(List.of(n), "goes with it: "))
              .orElseGet(() -> unlessBehind(delete, neighbours));
      case TARGET_GROUP, SECURITY_GROUP, CERTIFICATE -> {
        var users =
            neighbours.users(delete.observed().id()).stream()
                .filter(n -> !n.key().equals(key))
                .toList();
        yield users.isEmpty() ? delete : blocked(users, "still used by ");
      }
      case LOAD_BALANCER -> unlessBehind(delete, neighbours);
      case SECURITY_GROUP_RULES, PROTECTION, RECORD_NAME, INVENTORY -> delete;
    };
  }

  private static Verdict unlessBehind(Verdict.Delete delete, Neighbours neighbours) {
    var groups =
        neighbours.behind().stream().filter(n -> standsBehind(delete.observed(), n)).toList();
    return groups.isEmpty() ? delete : blocked(groups, "still stands behind ");
  }

  /** A group of target type alb leads to this load balancer, or to this listener of one. */
  private static boolean standsBehind(Live live, Neighbour group) {
    return group.live().spec() instanceof TargetGroupSpec spec
        && spec.behind()
            .filter(behind ->
                switch (live.spec()) {
                  case LoadBalancerSpec _ ->
                      behind.loadBalancer().equals(new Link.Known(live.id()));
                  case ListenerSpec it ->
                      behind.loadBalancer().equals(it.loadBalancer()) && behind.port() == it.port();
                  case ListenerRuleSpec _,
                      TargetGroupSpec _,
                      SecurityGroupSpec _,
                      SecurityGroupRulesSpec _,
                      CertificateSpec _,
                      ProtectionSpec _,
                      RecordNameSpec _ ->
                      false;
                })
            .isPresent();
  }

  /**
   * Whether host names may still lead to a load balancer that is to be deleted: until each claim of
   * its stack is withdrawn or refused, or has been live elsewhere for the settling time and the
   * TTL. The wait ends by the bound, if it has one.
   */
  public static Optional<Verdict> claims(
      Live.LiveLoadBalancer balancer,
      List<ClaimRow> claims,
      ScopeSettings settings,
      Optional<Instant> bound,
      Instant now) {
    Optional<Verdict.Waiting> wait = Optional.empty();
    for (var claim : claims) {
      var over =
          Stream.concat(until(claim, balancer, claims, settings).stream(), bound.stream())
              .min(Comparator.naturalOrder());
      if (over.isEmpty()) {
        return Optional.of(new Verdict.Blocked(List.of(), claim.host() + " still leads here"));
      }
      var due = over.get();
      if (due.isAfter(now) && wait.filter(w -> !due.isAfter(w.until())).isEmpty()) {
        wait = Optional.of(new Verdict.Waiting(claim.host() + " may still lead here", due));
      }
    }
    return wait.map(w -> w);
  }

  /**
   * When the last host name moved to another load balancer, if that was after its successor served.
   */
  public static Instant moved(
      Live.LiveLoadBalancer balancer, List<ClaimRow> claims, Instant servedSince) {
    return claims.stream()
        .filter(claim -> claim.standing() == Standing.LIVE && !leadsTo(claim, balancer))
        .map(ClaimRow::standingSince)
        .filter(servedSince::isBefore)
        .max(Comparator.naturalOrder())
        .orElse(servedSince);
  }

  /**
   * What has a successor stays for the configured time after nothing led to it any more, so that
   * people can look at it or turn back.
   */
  public static Optional<Verdict> kept(Instant since, ScopeSettings settings, Instant now) {
    var until = since.plusMillis(settings.replacementKeepMillis());
    return until.isAfter(now)
        ? Optional.of(new Verdict.Waiting("it was replaced and is kept for a while", until))
        : Optional.empty();
  }

  /** When the claim stops mattering, if that is known. */
  private static Optional<Instant> until(
      ClaimRow claim, Live.LiveLoadBalancer balancer, List<ClaimRow> all, ScopeSettings settings) {
    return switch (claim.standing()) {
      case WITHDRAWN, REFUSED -> Optional.of(Instant.MIN);
      case LIVE, PENDING, HELD ->
          all.stream()
              .filter(other -> other.host().equals(claim.host()))
              .filter(other -> other.owner().equals(claim.owner()))
              .filter(other -> other.pointing().isPresent() && !leadsTo(other, balancer))
              .flatMap(other -> settled(other, settings).stream())
              .findFirst();
    };
  }

  /** From when on every client follows a claim that is live: the settling time and the TTL. */
  public static Optional<Instant> settled(ClaimRow claim, ScopeSettings settings) {
    long ttl = claim.pointing().flatMap(Pointing::ttlSeconds).orElse(ALIAS_TTL_SECONDS);
    return claim.standing() == Standing.LIVE
        ? Optional.of(
            claim.standingSince().plusMillis(settings.claimSettleMillis()).plusSeconds(ttl))
        : Optional.empty();
  }

  private static boolean leadsTo(ClaimRow claim, Live.LiveLoadBalancer balancer) {
    return claim
        .pointing()
        .filter(p ->
            p.alias().filter(a -> same(a.dnsName(), balancer.dnsName())).isPresent()
                || p.values().stream().anyMatch(v -> same(v, balancer.dnsName())))
        .isPresent();
  }

  private static boolean same(String one, String other) {
    return Zones.undotted(one).equalsIgnoreCase(Zones.undotted(other));
  }

  private static Verdict.Blocked blocked(List<Neighbour> on, String why) {
    var first = on.getFirst().key();
    var more = on.size() == 1 ? "" : " and " + (on.size() - 1) + " more";
    return new Verdict.Blocked(
        on.stream().map(Neighbour::key).toList(),
        why + first.kind().text() + " " + first.id() + more);
  }
}
