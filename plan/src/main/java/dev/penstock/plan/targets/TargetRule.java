package dev.penstock.plan.targets;

import dev.penstock.plan.targets.TargetDecision.Stay;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The target rule (design §7, I6): no call of ours removes the last target able to serve while a
 * pod can serve.
 *
 * <pre>
 *   wanted, not registered         register now, room permitting; in a QUIC group with its server id,
 *                                  once no other server is registered at its address
 *   gone                           leave now, no guard
 *   terminating, stopped serving   leave now
 *   terminating, serving           leave now if another target is ready and healthy, else stay
 *   unready                        leave now
 *   deselected, or never known     leave when all wanted ones are healthy, at the latest after the wait;
 *                                  stay while not all could be listed that says who is selected
 * </pre>
 */
public final class TargetRule {
  private final Bounds bounds;
  private final Instant now;
  private final List<TargetRow> rows;
  private final boolean anyServing;
  private final boolean settled;
  private final List<Target> leaveGone = new ArrayList<>();
  private final List<Target> leave = new ArrayList<>();
  private final List<TargetRow> waiting = new ArrayList<>();

  /**
   * @param limit how many targets the group may have; 0 means no limit
   * @param onlyOwn targets that no endpoint of ours was behind belong to another cluster (LBC 5.6)
   * @param own the addresses of those that are ours all the same
   * @param quic AWS takes no target without the id of its server
   * @param listed whether all could be listed that says who is selected
   */
  public record Bounds(
      int limit,
      long deselectedWaitMillis,
      boolean onlyOwn,
      Set<String> own,
      boolean quic,
      boolean listed) {
    /**
     * The bounds of a binding's group, of whose targets {@code own} are listed as the cluster's.
     */
    public static Bounds of(
        TargetBinding binding,
        int limit,
        long deselectedWaitMillis,
        Set<String> own,
        boolean listed) {
      return new Bounds(
          limit, deselectedWaitMillis, binding.multiCluster(), own, binding.isQuic(), listed);
    }

    private boolean isOurs(TargetRow row) {
      return row.endpoint().isPresent() || !onlyOwn || own.contains(row.target().address());
    }
  }

  private TargetRule(List<TargetRow> rows, Bounds bounds, Instant now) {
    this.rows = rows.stream().sorted(Comparator.comparing(TargetRow::target)).toList();
    this.bounds = bounds;
    this.now = now;
    this.anyServing = rows.stream().anyMatch(TargetRule::serves);
    var wanted = rows.stream().filter(this::isWanted).toList();
    this.settled =
        !wanted.isEmpty()
            && wanted.stream().filter(TargetRule::isHealthy).count()
                >= (bounds.limit() > 0 ? Math.min(bounds.limit(), wanted.size()) : wanted.size());
  }

  /** Decides on all rows of one group, which AWS has listed completely at least once. */
  public static TargetDecision decide(List<TargetRow> rows, Bounds bounds, Instant now) {
    return new TargetRule(rows, bounds, now).decide();
  }

  /** The binding is gone and so is its purpose: every target of ours leaves now (LBC 5.6). */
  public static TargetDecision release(List<TargetRow> rows, Bounds bounds) {
    var all =
        rows.stream()
            .filter(TargetRule::isRegistered)
            .filter(bounds::isOurs)
            .map(TargetRow::target)
            .sorted()
            .toList();
    return new TargetDecision(List.of(), List.of(), all, List.of(), List.of(), Optional.empty());
  }

  private TargetDecision decide() {
    rows.stream().filter(TargetRule::isRegistered).forEach(this::place);
    var taken =
        rows.stream()
            .filter(TargetRule::isRegistered)
            .map(row -> row.target().address())
            .collect(Collectors.toSet());
    var fresh =
        rows.stream()
            .filter(row -> isWanted(row) && !taken.contains(row.target().address()))
            .sorted(Comparator.comparing(row -> !isReady(row)))
            .map(TargetRow::target)
            .toList();
    int room = room(fresh.size());
    var stays = waiting.stream().map(this::stay).toList();
    return new TargetDecision(
        fresh.subList(0, room).stream().sorted().toList(),
        List.copyOf(leaveGone),
        leave.stream().sorted().toList(),
        stays,
        fresh.subList(room, fresh.size()).stream().sorted().toList(),
        stays.stream().flatMap(s -> s.until().stream()).min(Comparator.naturalOrder()));
  }

  private boolean isWanted(TargetRow row) {
    return stands(row, Standing.WANTED)
        && (!bounds.quic() || row.target().quicServerId().isPresent());
  }

  private void place(TargetRow row) {
    var standing = row.endpoint().map(Endpoint::standing);
    if (standing.isEmpty()) {
      if (bounds.isOurs(row)) {
        placeIf(mayLeaveDeselected(row), row);
      }
      return;
    }
    switch (standing.get()) {
      case GONE -> leaveGone.add(row.target());
      case UNREADY -> leave.add(row.target());
      case TERMINATING ->
          placeIf(anyServing || isIdle(row) || !row.endpoint().orElseThrow().serving(), row);
      case DESELECTED -> placeIf(mayLeaveDeselected(row), row);
      case WANTED -> {}
    }
  }

  private void placeIf(boolean mayLeave, TargetRow row) {
    if (mayLeave) {
      leave.add(row.target());
    } else {
      waiting.add(row);
    }
  }

  private boolean mayLeaveDeselected(TargetRow row) {
    return bounds.listed() && (settled || isIdle(row) || !until(row).isAfter(now));
  }

  /** How many may be registered; those that only wait make room, terminating ones first. */
  private int room(int fresh) {
    if (bounds.limit() <= 0) {
      return fresh;
    }
    long kept =
        rows.stream().filter(TargetRule::isRegistered).count() - leaveGone.size() - leave.size();
    var evictable =
        waiting.stream()
            .filter(row -> bounds.listed() || stands(row, Standing.TERMINATING))
            .sorted(
                Comparator.<TargetRow, Boolean>comparing(row -> !stands(row, Standing.TERMINATING))
                    .thenComparing(TargetRule::isHealthy))
            .toList();
    for (var row : evictable) {
      if (kept + fresh > bounds.limit() && !isLast(row)) {
        waiting.remove(row);
        leave.add(row.target());
        kept--;
      }
    }
    return (int) Math.clamp(bounds.limit() - kept, 0, fresh);
  }

  /** Whether no other target serves, nor another one that waits as well as this. */
  private boolean isLast(TargetRow row) {
    return !anyServing
        && waiting.stream()
            .filter(other -> !other.equals(row))
            .noneMatch(other -> isHealthy(other) || !isHealthy(row));
  }

  private Stay stay(TargetRow row) {
    if (stands(row, Standing.TERMINATING)) {
      var reason = "terminating, but no other target is ready and healthy yet";
      return new Stay(row.target(), reason, Optional.empty());
    }
    if (!bounds.listed()) {
      var reason = "not shown, but not all could be listed that says who is selected";
      return new Stay(row.target(), reason, Optional.empty());
    }
    return new Stay(
        row.target(),
        "no longer selected; leaves when the new targets are healthy",
        Optional.of(until(row)));
  }

  private Instant until(TargetRow row) {
    long since = row.registered().orElseThrow().deselectedSinceMillis();
    return (since == 0 ? now : Instant.ofEpochMilli(since))
        .plusMillis(bounds.deselectedWaitMillis());
  }

  /** Whether AWS has the target and it is not on its way out. */
  static boolean isRegistered(TargetRow row) {
    return row.registered().filter(r -> !r.health().leaving()).isPresent();
  }

  private static boolean serves(TargetRow row) {
    return stands(row, Standing.WANTED) && isReady(row) && isHealthy(row);
  }

  private static boolean isHealthy(TargetRow row) {
    return row.registered()
        .filter(r -> r.health().state().equals(TargetHealth.HEALTHY))
        .isPresent();
  }

  /** No load balancer sends anything to it: it cannot be missed. */
  private static boolean isIdle(TargetRow row) {
    return row.registered().filter(r -> r.health().state().equals(TargetHealth.UNUSED)).isPresent();
  }

  private static boolean isReady(TargetRow row) {
    return row.endpoint().filter(Endpoint::ready).isPresent();
  }

  private static boolean stands(TargetRow row, Standing standing) {
    return row.endpoint().filter(e -> e.standing() == standing).isPresent();
  }
}
