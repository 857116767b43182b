package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateOidcActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** The client secret of an identity provider goes from its cluster to AWS and nowhere else. */
final class ClientSecretsTest {
  private static final String SECRET = "do-not-tell";

  private final Bench bench = new Bench();

  private static Action oidc(String version) {
    var session =
        new Action.AuthenticationSession("authenticate", "openid", "cookie", 3600, Map.of());
    return new Action.AuthenticateOidc(
        "https://id",
        "https://id/a",
        "https://id/t",
        "https://id/u",
        "web",
        "apps/oidc",
        version,
        session);
  }

  private static ListenerRuleSpec rule(String version) {
    var rule = Samples.rule();
    return new ListenerRuleSpec(
        rule.listener(),
        rule.priority(),
        rule.conditions(),
        List.of(oidc(version)),
        rule.transforms(),
        rule.tags());
  }

  private Made create() {
    var rule = Rule.builder().ruleArn("arn:rule").priority("7").build();
    bench.cloud.on("CreateRule", CreateRuleResponse.builder().rules(rule).build());
    var desired = rule("1");
    var settled = bench.write(ResourceKind.LISTENER_RULE, "r", new Operation.Create(desired));
    return new Made(settled.result(), bench.events().toString());
  }

  private Result update(String before, String after) {
    bench.cloud.on("ModifyRule", ModifyRuleResponse.builder().build());
    var live = new LiveListenerRule("arn:rule", rule(before));
    var desired = rule(after);
    return bench
        .write(
            ResourceKind.LISTENER_RULE,
            "r",
            new Operation.Update(live, desired, List.of(Aspect.CONDITIONS)))
        .result();
  }

  private AuthenticateOidcActionConfig modified() {
    return bench
        .cloud
        .requests(ModifyRuleRequest.class)
        .getFirst()
        .actions()
        .getFirst()
        .authenticateOidcConfig();
  }

  private record Made(Result result, String log) {}

  @Test
  void anActionIsMadeWithTheSecretAndTheLogDoesNotHaveIt() {
    bench.secrets.put("apps/oidc", SECRET);
    var made = create();
    assertInstanceOf(Result.Applied.class, made.result());
    var config = bench.cloud.requests(CreateRuleRequest.class).getFirst().actions().getFirst();
    assertEquals(SECRET, config.authenticateOidcConfig().clientSecret());
    assertFalse(made.log().contains(SECRET));
  }

  @Test
  void withoutTheSecretNoRuleIsMade() {
    var rejected = assertInstanceOf(Result.Rejected.class, create().result());
    assertEquals(Fault.DENIED, rejected.fault());
    assertEquals(List.of(), bench.cloud.operations());
  }

  @Test
  void anotherVersionOfTheSecretIsWrittenThoughAwsShowsNoDifference() {
    bench.secrets.put("apps/oidc", SECRET);
    assertInstanceOf(Result.Applied.class, update("1", "2"));
    assertEquals(SECRET, modified().clientSecret());
  }

  @Test
  void anEditWhileTheSecretCannotBeReadKeepsTheOneThatAwsHas() {
    assertInstanceOf(Result.Applied.class, update("1", "1"));
    assertEquals(true, modified().useExistingClientSecret());
  }
}
