package dev.penstock.schemas.settings;

import dev.penstock.schemas.avro.Default;
import java.util.List;
import java.util.Map;

/**
 * LBC's flags that change what is decided (LBC 7), with LBC's defaults in {@link #defaults()}.
 * {@code requiredSecretsLabel} is {@code key=value}, or empty when OIDC secrets need no label;
 * {@code quicEnvironmentVariableName} is the one variable of a pod that is ever read.
 */
public record ControllerSettings(
    String ingressClass,
    String defaultTargetType,
    String defaultLoadBalancerScheme,
    String defaultSslPolicy,
    Map<String, String> defaultTags,
    List<String> externalManagedTags,
    boolean tolerateNonExistentBackendService,
    boolean tolerateNonExistentBackendAction,
    boolean enableBackendSecurityGroup,
    String backendSecurityGroup,
    boolean enableManageBackendSecurityGroupRules,
    boolean disableRestrictedSecurityGroupRules,
    Map<String, String> serviceTargetEniSecurityGroupTags,
    int maxTargetsPerTargetGroup,
    List<String> allowedCertificateAuthorityArns,
    boolean disableIngressClassAnnotation,
    boolean disableIngressGroupNameAnnotation,
    String requiredSecretsLabel,
    Map<String, Boolean> featureGates,
    @Default("true") boolean enableWaf,
    @Default("true") boolean enableWafv2,
    @Default("true") boolean enableShield,
    @Default("\"\"") String defaultPcaArn,
    @Default("\"AWS_LBC_QUIC_SERVER_ID\"") String quicEnvironmentVariableName) {

  /** The feature gate without which no certificate is made. */
  public static final String CERTIFICATES = "EnableCertificateManagement";

  /** Whether certificates are made for members that ask for one. */
  public boolean makesCertificates() {
    return gate(CERTIFICATES, false);
  }

  /** Whether a feature gate is on; one that is not listed is as {@code unlisted} says. */
  public boolean gate(String name, boolean unlisted) {
    return featureGates.getOrDefault(name, unlisted);
  }

  /** LBC 3.5's defaults; a feature gate that is not listed has LBC's own default. */
  public static ControllerSettings defaults() {
    return new ControllerSettings(
        "alb",
        "instance",
        "internal",
        "ELBSecurityPolicy-2016-08",
        Map.of(),
        List.of(),
        true,
        true,
        true,
        "",
        false,
        false,
        Map.of(),
        0,
        List.of(),
        false,
        false,
        "",
        Map.of(),
        true,
        true,
        true,
        "",
        "AWS_LBC_QUIC_SERVER_ID");
  }

  public ControllerSettings withFeatureGates(Map<String, Boolean> changed) {
    return new ControllerSettings(
        ingressClass,
        defaultTargetType,
        defaultLoadBalancerScheme,
        defaultSslPolicy,
        defaultTags,
        externalManagedTags,
        tolerateNonExistentBackendService,
        tolerateNonExistentBackendAction,
        enableBackendSecurityGroup,
        backendSecurityGroup,
        enableManageBackendSecurityGroupRules,
        disableRestrictedSecurityGroupRules,
        serviceTargetEniSecurityGroupTags,
        maxTargetsPerTargetGroup,
        allowedCertificateAuthorityArns,
        disableIngressClassAnnotation,
        disableIngressGroupNameAnnotation,
        requiredSecretsLabel,
        changed,
        enableWaf,
        enableWafv2,
        enableShield,
        defaultPcaArn,
        quicEnvironmentVariableName);
  }
}
