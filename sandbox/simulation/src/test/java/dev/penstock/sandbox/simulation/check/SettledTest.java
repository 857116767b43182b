package dev.penstock.sandbox.simulation.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettledTest {
  private static final String LISTENER = "cluster-1|ingress|shop/web|Listener|443";
  private static final String RULE = "cluster-1|ingress|shop/web|ListenerRule|443:1";

  private final MemoryTables tables = new MemoryTables();

  @Test
  void aMissingCertificateMayBeRefusedForEverWithWhatWaitsForIt() {
    put(LISTENER, VerdictKind.REJECTED, Optional.of("CertificateNotFound"));
    put(RULE, VerdictKind.BLOCKED, Optional.empty());
    assertEquals(0, Settled.differences(tables).size());
  }

  @Test
  void whatElseIsRefusedIsNotSettledAndExcusesNothing() {
    put(LISTENER, VerdictKind.REJECTED, Optional.of("InvalidConfigurationRequest"));
    put(RULE, VerdictKind.BLOCKED, Optional.empty());
    assertEquals(2, Settled.differences(tables).size());
  }

  private void put(String key, VerdictKind verdict, Optional<String> refusal) {
    var row = new VerdictRow(verdict, "", 1, Instant.EPOCH, 1, Optional.empty(), refusal);
    tables.put(Table.VERDICTS, key, row);
  }
}
