package dev.penstock.schemas.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.table.TimerRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordJsonTest {
  @Test
  void aCaseOfASealedInterfaceSaysItsKindFirst() {
    assertEquals(
        "{\"kind\":\"RegisterTargets\",\"targetGroupArn\":\"arn\",\"targets\":[{\"id\":\"10.0.0.1\",\"port\":80}]}",
        RecordJson.write(
            new Operation.RegisterTargets(
                "arn", List.of(new Target("10.0.0.1", 80, Optional.empty())))));
  }

  @Test
  void aCaseWithAComponentCalledKindHasNoMemberTwice() {
    assertEquals(
        "{\"case\":\"TimerRow\",\"due\":\"1970-01-01T00:00:00Z\",\"kind\":\"SWEEP\",\"subject\":\"c1\"}",
        RecordJson.write(new TimerRow(Instant.EPOCH, TimerRow.TimerKind.SWEEP, "c1")));
  }

  @Test
  void aPresentOptionalIsItsValue() {
    assertEquals(
        "{\"id\":\"i\",\"port\":1,\"zone\":\"all\"}",
        RecordJson.write(new Target("i", 1, Optional.of("all"))));
  }

  @Test
  void anInstantIsIsoTime() {
    assertEquals(
        "{\"kind\":\"Tick\",\"due\":\"1970-01-01T00:00:00Z\"}",
        RecordJson.write(new Tick(Instant.EPOCH)));
  }

  @Test
  void controlCharactersAndQuotesAreEscaped() {
    assertEquals("\"a\\\"b\\\\c\\n\\u0001\"", RecordJson.write("a\"b\\c\n\u0001"));
  }

  @Test
  void anythingElseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> RecordJson.write(new Object()));
  }
}
