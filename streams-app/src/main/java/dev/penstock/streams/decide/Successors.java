package dev.penstock.streams.decide;

import dev.penstock.plan.Removal;
import dev.penstock.plan.Verdict;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Make before break (design §7): a load balancer that is replaced stays until its successor serves
 * and all names lead there, however long that takes, and then for the configured time. One that has
 * no successor waits for its names alone, and not for ever.
 */
final class Successors {
  private Successors() {}

  /** The delete, or what it waits for. */
  static Verdict ordered(
      Turn turn, ResourceKey key, Optional<DesiredRow> row, Verdict.Delete delete) {
    var wait = wait(turn, key, row, delete.observed());
    if (wait.orElse(delete) instanceof Verdict.Waiting(_, var until)) {
      Timers.setBy(turn, TimerKind.DECIDE, "stack|" + key.stack(), until);
    }
    return wait.orElse(delete);
  }

  private static Optional<Verdict> wait(
      Turn turn, ResourceKey key, Optional<DesiredRow> row, Live live) {
    if (live instanceof LiveLoadBalancer balancer) {
      return of(turn, key)
          .map(successor -> replaced(turn, key, row, successor, balancer))
          .orElseGet(() -> leaving(turn, key, row, balancer));
    }
    if (live instanceof LiveTargetGroup group
        && group.spec().behind().isPresent()
        && of(turn, key).isPresent()) {
      // Clients may be led to the old group for a while after its listener has moved.
      return Removal.kept(free(turn, key, row), turn.settings(), turn.now());
    }
    return Optional.empty();
  }

  /** The resource that is wanted in the place of this one. */
  private static Optional<ResourceKey> of(Turn turn, ResourceKey key) {
    var prefix = key.stack() + "|" + key.kind().text() + "|";
    return turn.scan(Table.DESIRED, prefix).stream()
        .filter(e -> e.row().wanted())
        .map(e -> ResourceKey.parse(e.key()))
        .filter(other -> !other.equals(key))
        .filter(other -> ResourceIds.plain(other.id()).equals(ResourceIds.plain(key.id())))
        .findFirst();
  }

  private static Optional<Verdict> leaving(
      Turn turn, ResourceKey key, Optional<DesiredRow> row, LiveLoadBalancer balancer) {
    var settings = turn.settings();
    var since = row.flatMap(DesiredRow::unwantedSince).orElse(turn.now());
    var bound = since.plusMillis(settings.dnsGraceMillis() + settings.claimSettleMillis());
    var claims = claims(turn, key);
    return Removal.claims(balancer, claims, settings, Optional.of(bound), turn.now());
  }

  private static Optional<Verdict> replaced(
      Turn turn,
      ResourceKey key,
      Optional<DesiredRow> row,
      ResourceKey successor,
      LiveLoadBalancer balancer) {
    if (!serves(turn, successor)) {
      var why = "stays until " + successor.id() + ", which takes its place, serves";
      return Optional.of(new Verdict.Blocked(List.of(successor), why));
    }
    var claims = claims(turn, key);
    var names = Removal.claims(balancer, claims, turn.settings(), Optional.empty(), turn.now());
    if (names.isPresent() && names.get() instanceof Verdict.Blocked) {
      return names;
    }
    var since = Removal.moved(balancer, claims, free(turn, key, row));
    return names.or(() -> Removal.kept(since, turn.settings(), turn.now()));
  }

  private static boolean serves(Turn turn, ResourceKey successor) {
    return !Strangers.holds(turn, successor)
        && Knowledge.live(turn, successor)
            .filter(live -> live instanceof LiveLoadBalancer b && b.state().equals("active"))
            .isPresent()
        && new Completeness(turn, successor.stack()).whole();
  }

  private static List<ClaimRow> claims(Turn turn, ResourceKey balancer) {
    return turn.scan(Table.CLAIMS, Claims.sentPrefix(balancer.stack())).stream()
        .map(e -> e.row())
        .toList();
  }

  /** Since when nothing stands in the way: what blocked it until now counts as wanted until now. */
  private static Instant free(Turn turn, ResourceKey key, Optional<DesiredRow> row) {
    var blocked =
        turn.get(Table.VERDICTS, key.toString())
            .filter(shown -> shown.verdict() == VerdictKind.BLOCKED)
            .isPresent();
    if (blocked) {
      row.ifPresent(r -> Desires.unwant(turn, key.toString(), r, r.cause()));
    }
    var since = row.flatMap(DesiredRow::unwantedSince);
    return blocked ? turn.now() : since.orElse(turn.now());
  }
}
