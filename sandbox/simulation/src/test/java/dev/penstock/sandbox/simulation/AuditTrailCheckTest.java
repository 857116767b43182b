package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.simulation.check.Violation;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Whose outcome must name a write, and who may leave one unnamed because he is no more (I8). */
final class AuditTrailCheckTest {
  private static final String TENURE = "writer";

  private final Stage stage = Stage.withNginx();

  AuditTrailCheckTest() throws Exception {
    stage.pass(Duration.ofMinutes(1));
    StageEnd.leave(stage);
  }

  /** An announced write that its outcome does not name, with a start of an applier between. */
  private List<String> unnamed(Scope started, String tenure) throws Exception {
    var command =
        stage.pipeline.audit().stream()
            .filter(record -> record.scope().equals(Fleet.HOME))
            .map(record -> record.entry())
            .flatMap(entry -> entry instanceof AuditEntry.Decided it ? Stream.of(it) : Stream.of())
            .findFirst()
            .orElseThrow();
    var id = command.commandId();
    say(Fleet.HOME, new CloudFact.Attempted(id, command.key(), TENURE, 1));
    write(id);
    say(started, new CloudFact.ApplyStarted(tenure));
    say(
        Fleet.HOME,
        new CloudFact.CommandSettled(
            id,
            command.key(),
            TENURE,
            1,
            new Result.Applied(),
            List.of(),
            Optional.empty(),
            List.of()));
    return stage.checks.violations().stream()
        .map(Violation::text)
        .filter(text -> text.contains("does not name"))
        .toList();
  }

  private void say(Scope scope, CloudFact fact) throws Exception {
    stage.pipeline.append(scope, fact);
    stage.pipeline.pass(Duration.ofSeconds(1));
    stage.checks.after();
  }

  private void write(String commandId) {
    var group = stage.targetGroups().getFirst().targetGroupArn();
    stage
        .pipeline
        .aws()
        .client(
            ElasticLoadBalancingV2Client.class,
            Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, commandId).as(Sight.PRINCIPAL))
        .addTags(r -> r.resourceArns(group).tags(Tag.builder().key("team").value("edge").build()));
  }

  @Test
  void whoIsReplacedNeedNotNameWhatHeWrote() throws Exception {
    assertEquals(List.of(), unnamed(Fleet.HOME, "successor"));
  }

  @Test
  void theStartOfAnotherScopesApplierExcusesNobody() throws Exception {
    assertEquals(1, unnamed(Fleet.DNS, "successor").size());
  }

  @Test
  void whoSaysOnceMoreThatHeStartedIsNotExcused() throws Exception {
    assertEquals(1, unnamed(Fleet.HOME, TENURE).size());
  }
}
