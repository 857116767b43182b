package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.AwsTimes;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;

/** What AWS grants in a story and how long it takes, from the inventory; absent is no limit. */
final class StoryLimits {
  private static final int NONE = 1_000_000;

  private final JsonNode quotas;
  private final JsonNode delays;

  StoryLimits(JsonNode content) {
    this.quotas = content.path("aws").path("quotas");
    this.delays = content.path("aws").path("delays");
  }

  /** AWS as the story has it. */
  Settings aws() {
    var granted =
        dev.penstock.sandbox.aws.Quotas.raised()
            .with(Quota.RULES_PER_ALB, rulesPerLoadBalancer())
            .with(Quota.CERTIFICATES_PER_ALB, NONE)
            .with(Quota.TARGET_GROUPS_PER_ALB, targetGroupsPerLoadBalancer())
            .with(Quota.TARGETS_PER_TARGET_GROUP, NONE)
            .with(Quota.TARGETS_PER_ALB, NONE)
            .with(Quota.RULES_PER_SECURITY_GROUP, rulesPerSecurityGroup());
    return Settings.documented().withTimes(times()).withQuotas(granted);
  }

  /** Settings of a scope whose operators know what AWS granted. */
  ScopeSettings scope() {
    return ScopeSettings.defaults()
        .withQuotas(
            new Quotas(
                rulesPerLoadBalancer(),
                NONE,
                targetGroupsPerLoadBalancer(),
                NONE,
                rulesPerSecurityGroup()));
  }

  private AwsTimes times() {
    var real = AwsTimes.real();
    return new AwsTimes(
        real.speed(),
        seconds("provisioningSeconds", 180),
        real.albRegistration(),
        real.nlbRegistration(),
        seconds("targetGroupReleaseSeconds", 0),
        seconds("securityGroupReleaseSeconds", 0),
        real.recordPropagation(),
        real.certificateRecords(),
        real.certificateIssue(),
        real.webAclReady());
  }

  private int rulesPerLoadBalancer() {
    return quotas.path("rulesPerLoadBalancer").asInt(NONE);
  }

  private int targetGroupsPerLoadBalancer() {
    return quotas.path("targetGroupsPerLoadBalancer").asInt(NONE);
  }

  private int rulesPerSecurityGroup() {
    return quotas.path("rulesPerSecurityGroup").asInt(NONE);
  }

  private Duration seconds(String field, int standard) {
    return Duration.ofSeconds(delays.path(field).asInt(standard));
  }
}
