package dev.penstock.cli.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.torture.Trouble.Comeback;
import dev.penstock.sandbox.simulation.script.AppDeed;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a seed draws. */
final class ScheduleTest {
  private static final int ROUNDS = 90;

  private static List<Round> rounds(long seed) {
    Supplier<Round> next = new Schedule(seed, 3)::next;
    return Stream.generate(next).limit(ROUNDS).toList();
  }

  @Test
  void theSameSeedGivesTheSameRoundsAndAnotherOneOthers() {
    assertEquals(rounds(7), rounds(7));
    assertNotEquals(rounds(7), rounds(8));
  }

  @Test
  void eachRoleIsKilledAtTwentyDifferentPointsOfARollingUpdateInNinetyRounds() {
    for (var role : Role.WHOLE) {
      var points =
          rounds(1).stream()
              .filter(Round::rolling)
              .filter(round -> kill(round).roles().equals(List.of(role)))
              .map(Round::after)
              .collect(Collectors.toSet());
      assertEquals(20, points.size(), role.toString());
    }
  }

  @Test
  void whereTwoInstancesRunTheClusterOfTheKilledOneIsUpdated() {
    var clusters =
        rounds(1).stream()
            .filter(round -> round.rolling() && round.paired())
            .map(round -> ((AppDeed.Roll) round.apps().getFirst()).cluster())
            .collect(Collectors.toSet());
    assertEquals(Set.of(1), clusters);
  }

  private static Trouble.Kill kill(Round round) {
    return (Trouble.Kill) round.troubles().getFirst();
  }

  @Test
  void anotherInstanceTakesOverExactlyWhereOneRuns() {
    for (var round : rounds(3)) {
      for (var trouble : round.troubles()) {
        if (trouble instanceof Trouble.Kill(var roles, var comeback)) {
          var watches = roles.contains(Role.WATCH);
          var another = comeback == Comeback.ANOTHER;
          assertEquals(round.paired() && !watches, another, round.text());
        }
      }
    }
  }

  @Test
  void noProcessIsFrozenThatTheSameRoundKills() {
    for (long seed = 1; seed <= 20; seed++) {
      for (var round : rounds(seed)) {
        for (var trouble : round.troubles()) {
          if (trouble instanceof Trouble.Kill(var roles, _)) {
            assertFalse(
                round.troubles().stream()
                    .anyMatch(other ->
                        other instanceof Trouble.Freeze(var seat, _)
                            && roles.contains(seat.role())),
                round.text());
          }
        }
      }
    }
  }

  @Test
  void everyKindOfTroubleMeetsEveryRoleAndEveryEdge() {
    var kinds = new TreeSet<String>();
    var edges = EnumSet.noneOf(Edge.class);
    for (long seed = 1; seed <= 20; seed++) {
      for (var round : rounds(seed)) {
        for (var trouble : round.troubles()) {
          kinds.add(round.kind(trouble));
          if (trouble instanceof Trouble.Cut(var link, _)) {
            edges.add(link.edge());
          }
        }
      }
    }
    assertEquals(EnumSet.allOf(Edge.class), edges);
    assertTrue(kinds.contains("broker restart"));
    for (var role : List.of("watch", "stream", "apply")) {
      assertTrue(kinds.contains("SIGSTOP, SIGCONT " + role));
      assertTrue(kinds.contains("network cut " + role + " - Kafka"));
      assertTrue(kinds.contains("network stalled " + role + " - Kafka"));
      assertTrue(
          kinds.contains("kill -9 " + role + ", the same instance back, during a rolling update"));
    }
    assertTrue(kinds.contains("kill -9 stream, another takes over, during a rolling update"));
    assertTrue(kinds.contains("kill -9 apply, another takes over, during a rolling update"));
    assertTrue(kinds.contains("kill -9 stream and apply, another takes over"));
    assertTrue(kinds.contains("kill -9 stream and apply, the same instance back"));
  }
}
