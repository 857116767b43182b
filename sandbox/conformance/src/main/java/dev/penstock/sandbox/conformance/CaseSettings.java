package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The controller flags of a case as a registration. */
public final class CaseSettings {
  private CaseSettings() {}

  public static ClusterRegistration registration(JsonNode config) {
    return new ClusterRegistration(
        "cluster",
        new Scope("123456789012", text(config, "aws-region", "us-west-2")),
        text(config, "cluster-name", "demo"),
        text(config, "aws-vpc-id", "vpc-0a1b2c3d4e5f60718"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        settings(config));
  }

  private static ControllerSettings settings(JsonNode config) {
    var gates = new LinkedHashMap<String, Boolean>();
    config
        .path("feature-gates")
        .properties()
        .forEach(e -> gates.put(e.getKey(), e.getValue().asBoolean()));
    return new ControllerSettings(
        text(config, "ingress-class", "alb"),
        text(config, "default-target-type", "instance"),
        text(config, "default-load-balancer-scheme", "internal"),
        text(config, "default-ssl-policy", "ELBSecurityPolicy-2016-08"),
        Nodes.map(config.path("default-tags")),
        words(config.path("external-managed-tags")),
        config.path("tolerate-non-existent-backend-service").asBoolean(true),
        config.path("tolerate-non-existent-backend-action").asBoolean(true),
        config.path("enable-backend-security-group").asBoolean(true),
        text(config, "backend-security-group", ""),
        config.path("enable-manage-backend-security-group-rules").asBoolean(false),
        config.path("disable-restricted-sg-rules").asBoolean(false),
        Nodes.map(config.path("service-target-eni-security-group-tags")),
        config.path("max-targets-per-target-group").asInt(0),
        words(config.path("allowed-certificate-authority-arns")),
        false,
        false,
        text(config, "required-secrets-label", ""),
        gates,
        config.path("enable-waf").asBoolean(true),
        config.path("enable-wafv2").asBoolean(true),
        config.path("enable-shield").asBoolean(true),
        text(config, "default-pca-arn", ""),
        text(config, "quic-environment-variable-name", "AWS_LBC_QUIC_SERVER_ID"));
  }

  private static String text(JsonNode config, String flag, String unset) {
    return config.path(flag).asText(unset);
  }

  /** A list, or words with commas between them. */
  private static List<String> words(JsonNode value) {
    return value.isTextual() ? List.of(value.asText().split(",")) : Nodes.texts(value);
  }
}
