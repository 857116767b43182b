package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.schemas.audit.AuditEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/** What we wrote ourselves is never said to have drifted, whatever AWS makes of its form. */
class OwnWritesTest {
  private static List<String> drifts(Stage stage) {
    return stage.pipeline.audit().stream()
        .filter(record -> record.entry() instanceof AuditEntry.Drifted)
        .map(record -> record.time() + " " + record.entry())
        .toList();
  }

  @Test
  void nothingDriftsWhileNobodyElseWrites() throws Exception {
    var stage = Stage.withNginx();

    stage.pass(Duration.ofMinutes(70));

    assertEquals(List.of(), drifts(stage));
  }

  @Test
  void whatSomebodyElseWroteIsSaidToHaveDrifted() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(35));
    var alias = stage.records().get("nginx.example.com. AAAA");
    stage.dns.changeResourceRecordSets(r ->
        r.hostedZoneId(SandboxWorld.ZONE_ID)
            .changeBatch(
                b -> b.changes(c -> c.action(ChangeAction.DELETE).resourceRecordSet(alias))));

    stage.pass(Duration.ofMinutes(35));

    assertEquals(1, drifts(stage).size(), drifts(stage).toString());
  }
}
