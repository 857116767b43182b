package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.key.ResourceKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which commands may be started. */
final class CommandTableTest {
  private final CommandTable table = new CommandTable();

  private CommandTable.Entry seen() {
    var key = Bench.key(ResourceKind.TARGET_GROUP, "default/web:80");
    var operation = new Operation.RegisterTargets("arn", List.of());
    table.opened("a", new Bench().command("c", key, Lane.REGISTER, operation));
    return table.startable().getFirst();
  }

  @Test
  void whatWasTakenOrAnsweredSinceItWasLookedAtIsNotTaken() {
    var seen = seen();
    assertTrue(table.take(seen));
    assertFalse(table.take(seen));
    table.answered(seen, Instant.EPOCH);
    assertFalse(table.take(seen));
    assertEquals(List.of(), table.startable());
  }

  @Test
  void whatWasClosedSinceItWasLookedAtIsNotTaken() {
    var seen = seen();
    table.closed("a");
    assertFalse(table.take(seen));
  }
}
