package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.simulation.check.Invariant;
import dev.penstock.sandbox.simulation.check.Violation;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Who may make a load balancer beside another one of the same group (I10). */
final class HeldCheckTest {
  private final Stage stage = Stage.withNginx();

  HeldCheckTest() throws Exception {
    stage.pass(Duration.ofMinutes(1));
    StageEnd.leave(stage);
  }

  /** Makes a load balancer as the product makes a successor, under the name of a command. */
  private void succeed(String commandId, int number) {
    var ours =
        stage
            .pipeline
            .aws()
            .client(
                ElasticLoadBalancingV2Client.class,
                Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, commandId)
                    .as(Sight.PRINCIPAL));
    var first = stage.loadBalancers().getFirst();
    var tags =
        stage
            .elb
            .describeTags(r -> r.resourceArns(first.loadBalancerArn()))
            .tagDescriptions()
            .getFirst()
            .tags()
            .stream()
            .map(tag ->
                tag.key().equals("ingress.k8s.aws/resource")
                    ? Tag.builder().key(tag.key()).value("LoadBalancer@" + number).build()
                    : tag)
            .toList();
    ours.createLoadBalancer(r ->
        r.name("k8s-default-successor")
            .scheme(LoadBalancerSchemeEnum.INTERNAL)
            .subnets("subnet-private-a", "subnet-private-b")
            .tags(tags));
  }

  /** Less that our calls of this test were not announced. */
  private List<Invariant> broken() {
    stage.checks.after();
    return stage.checks.violations().stream()
        .map(Violation::invariant)
        .filter(invariant -> invariant != Invariant.I8)
        .toList();
  }

  private void replacementNeedsApproval(boolean needed) throws Exception {
    Map<String, Object> change = Map.of("replacementNeedsApproval", needed);
    var settings = RecordChange.apply(ScopeSettings.defaults(), change);
    stage.pipeline.append(
        Fleet.HOME,
        new PersonFact.ScopeSettingsChanged(
            Stage.TESTER, settings, RecordChange.paths(ScopeSettings.defaults(), change)));
    stage.pass(Duration.ofMinutes(1));
  }

  /** The first command for a load balancer, which made it. */
  private String madeBy() {
    return stage.pipeline.audit().stream()
        .flatMap(record ->
            record.entry() instanceof AuditEntry.Decided it
                    && it.key().resource().kind() == ResourceKind.LOAD_BALANCER
                ? Stream.of(it.commandId())
                : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSuccessorThatNobodyApprovedBreaksTheTenth() {
    succeed("no-command", 1);

    assertEquals(List.of(Invariant.I10), broken());
  }

  @Test
  void aSuccessorIsMadeFreelyWhereReplacementsNeedNoApproval() throws Exception {
    replacementNeedsApproval(false);
    replacementNeedsApproval(true);
    succeed("no-command", 1);

    assertEquals(List.of(), broken());
  }

  @Test
  void whatWasApprovedOnceIsNotApprovedAgain() throws Exception {
    var command = madeBy();
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        "metadata: {annotations: {alb.ingress.kubernetes.io/scheme: internal}}");
    stage.pass(Duration.ofMinutes(1));
    stage.approve();
    stage.pass(Duration.ofHours(1));
    assertEquals(1, stage.loadBalancers().size());
    assertEquals(List.of(), broken());

    succeed(command, 2);

    assertEquals(List.of(Invariant.I10), broken());
  }
}
