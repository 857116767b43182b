package dev.penstock.plan.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.Seeds;
import dev.penstock.plan.targets.TargetRule.Bounds;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Registered;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Laws of the target rule on generated groups (I6). */
final class TargetRulePropertyTest {
  private static final Instant NOW = Instant.ofEpochSecond(1000);
  private static final long WAIT = 600_000;

  @Test
  void noDecisionRemovesTheLastTargetAbleToServe() {
    Seeds.forEach(seeds -> {
      var rows = group(seeds);
      var bounds =
          new Bounds(
              seeds.chance(2) ? 0 : 1 + seeds.upTo(6),
              WAIT,
              seeds.chance(4),
              Set.of(),
              false,
              !seeds.chance(4));
      var decision = TargetRule.decide(rows, bounds, NOW);
      var left = new HashSet<>(decision.departures());
      boolean before = rows.stream().anyMatch(TargetRulePropertyTest::servable);
      boolean after =
          rows.stream()
              .filter(row -> !left.contains(row.target()))
              .anyMatch(TargetRulePropertyTest::servable);
      assertTrue(!before || after, () -> rows + " lost all by " + decision);
    });
  }

  @Test
  void nothingIsBothRegisteredAndRemovedAndNoLimitIsExceeded() {
    Seeds.forEach(seeds -> {
      var rows = group(seeds);
      int limit = 1 + seeds.upTo(6);
      var decision =
          TargetRule.decide(rows, new Bounds(limit, WAIT, false, Set.of(), false, true), NOW);
      var both = new HashSet<>(decision.register());
      both.retainAll(decision.departures());
      assertEquals(new HashSet<Target>(), both);
      long staying =
          rows.stream()
              .filter(TargetRule::isRegistered)
              .filter(row -> !decision.departures().contains(row.target()))
              .count();
      assertTrue(
          decision.register().isEmpty() || staying + decision.register().size() <= limit,
          () -> rows + " exceed " + limit + " by " + decision);
    });
  }

  @Test
  void theOrderOfRowsDecidesNothing() {
    Seeds.forEach(seeds -> {
      var rows = group(seeds);
      var bounds = new Bounds(seeds.upTo(5), WAIT, false, Set.of(), false, true);
      assertEquals(
          TargetRule.decide(rows, bounds, NOW), TargetRule.decide(rows.reversed(), bounds, NOW));
    });
  }

  @Test
  void whenEverythingIsHealthyTheGroupBecomesWhatIsWantedAndThenSilent() {
    Seeds.forEach(seeds -> {
      var rows = group(seeds);
      var bounds = new Bounds(0, WAIT, false, Set.of(), false, true);
      var now = NOW;
      for (int round = 0; round < 4; round++) {
        rows = applied(rows, TargetRule.decide(rows, bounds, now));
        now = now.plusMillis(WAIT);
      }
      var last = TargetRule.decide(rows, bounds, now);
      assertEquals(List.of(), last.register());
      assertEquals(List.of(), last.departures());
      assertTrue(
          rows.stream().allMatch(row -> is(row, Standing.WANTED) || is(row, Standing.TERMINATING)),
          rows::toString);
    });
  }

  /** AWS does what it is told at once, and every target that is registered becomes healthy. */
  private static List<TargetRow> applied(List<TargetRow> rows, TargetDecision decision) {
    var next = new ArrayList<TargetRow>();
    for (var row : rows) {
      boolean stays =
          decision.register().contains(row.target())
              || TargetRule.isRegistered(row) && !decision.departures().contains(row.target());
      if (stays) {
        next.add(
            new TargetRow(
                row.target(),
                row.endpoint(),
                Optional.of(registered(row.target(), "healthy", since(row)))));
      } else if (is(row, Standing.WANTED)) {
        next.add(new TargetRow(row.target(), row.endpoint(), Optional.empty()));
      }
    }
    return next;
  }

  private static long since(TargetRow row) {
    return row.registered().map(Registered::deselectedSinceMillis).orElse(0L);
  }

  private static boolean servable(TargetRow row) {
    boolean healthy =
        row.registered().filter(r -> r.health().state().equals("healthy")).isPresent();
    return healthy
        && row.endpoint()
            .filter(e ->
                switch (e.standing()) {
                  case WANTED, DESELECTED -> true;
                  case TERMINATING -> e.serving();
                  case UNREADY, GONE -> false;
                })
            .isPresent();
  }

  private static boolean is(TargetRow row, Standing standing) {
    return row.endpoint().filter(e -> e.standing() == standing).isPresent();
  }

  private static List<TargetRow> group(Seeds seeds) {
    var rows = new TreeMap<Target, TargetRow>();
    for (var row : seeds.listOf(TargetRulePropertyTest::row)) {
      rows.put(row.target(), row);
    }
    return List.copyOf(rows.values());
  }

  private static TargetRow row(Seeds seeds) {
    var target = new Target("10.0.0." + seeds.upTo(20), 80, Optional.empty());
    var standing = seeds.oneOf(Standing.values());
    var endpoint =
        new Endpoint(
            "ns",
            "pod",
            "uid",
            "node",
            standing == Standing.WANTED && !seeds.chance(4),
            standing == Standing.TERMINATING,
            seeds.chance(2),
            standing);
    var state = seeds.oneOf("healthy", "healthy", "initial", "unhealthy", "draining", "registered");
    return new TargetRow(
        target,
        Optional.of(endpoint),
        standing == Standing.WANTED && seeds.chance(2)
            ? Optional.empty()
            : Optional.of(registered(target, state, 900_000)));
  }

  private static Registered registered(Target target, String state, long since) {
    return new Registered(new TargetHealth(target, state, "", ""), 1, NOW, since);
  }
}
