package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A record that meets a defect of ours stops nobody but what it was about (I7). */
final class DefectiveFactsTest {
  private static final String ALARM =
      "a record could not be read: a defect of Penstock (java.lang.IllegalArgumentException)";

  private final Serving serving = Serving.web();
  private final World world = serving.world;

  /** No stack has such a name. */
  private static PersonFact fails() {
    var target = new PauseTarget(PauseKind.STACK, "nobody's");
    return new PersonFact.Paused("ann", target, false);
  }

  private Stream<String> alarms() {
    return world.effects.stream()
        .flatMap(e -> e.audit().stream())
        .flatMap(a ->
            a.entry() instanceof AuditEntry.Alarm(var subject, var said)
                ? Stream.of(subject + ": " + said)
                : Stream.empty());
  }

  @Test
  void nothingOfItIsTakenAnAlarmSaysSoAndAllElseGoesOn() {
    world.append(Facts.REGION, fails());

    assertEquals(List.of(Facts.REGION + "|test: " + ALARM), alarms().toList());
    assertEquals(List.of(), world.tables.scan(Table.PAUSES, ""));
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    assertEquals(1, serving.open(Lane.REGISTER).size());
  }

  @Test
  void whatItWasAboutIsUnknownAndListedAnew() {
    var key = Facts.REGION + "|" + Facts.pod(2).key(Facts.CLUSTER);

    world.append(new Event(Facts.REGION, key, fails()));

    assertEquals(List.of(key + ": " + ALARM), alarms().toList());
    assertInstanceOf(Malformed.class, world.object(ObjectKind.POD, "web-2"));
    assertEquals(1, world.effects.stream().mapToInt(e -> e.registry().size()).sum());
  }

  @Test
  void theSameLogGivesTheSameAgain() {
    world.append(Facts.REGION, fails());
    world.live(5_000, 1_000);

    var tables = new MemoryTables();
    var again =
        world.log.stream()
            .map(kept -> Step.step(tables, kept.event(), kept.position(), kept.time()))
            .toList();
    assertEquals(world.effects, again);
  }
}
