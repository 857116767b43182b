package dev.penstock.sandbox.aws;

import java.util.Optional;

/** The services that the simulator answers for, with what their wire protocols need to know. */
public enum AwsService {
  ELB(
      "elasticloadbalancing",
      Protocol.QUERY,
      "2015-12-01",
      "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
      "elasticloadbalancingv2",
      ""),
  EC2("ec2", Protocol.EC2, "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/", "ec2", ""),
  ROUTE53(
      "route53",
      Protocol.REST_XML,
      "2013-04-01",
      "https://route53.amazonaws.com/doc/2013-04-01/",
      "route53",
      ""),
  ACM("acm", Protocol.JSON, "2015-12-08", "", "acm", "CertificateManager"),
  STS("sts", Protocol.QUERY, "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", "sts", ""),
  WAFV2("wafv2", Protocol.JSON, "2019-07-29", "", "wafv2", "AWSWAF_20190729"),
  WAF_REGIONAL("waf-regional", Protocol.JSON, "2016-11-28", "", "waf", "AWSWAF_Regional_20161128"),
  SHIELD("shield", Protocol.JSON, "2016-06-02", "", "shield", "AWSShield_20160616");

  /** How requests and answers of a service are written. */
  public enum Protocol {
    QUERY,
    EC2,
    REST_XML,
    JSON
  }

  private static final String MODELS = "software.amazon.awssdk.services.";

  private final String signingName;
  private final Protocol protocol;
  private final String version;
  private final String namespace;
  private final String sdkPackage;
  private final String targetPrefix;

  AwsService(
      String signingName,
      Protocol protocol,
      String version,
      String namespace,
      String sdkPackage,
      String targetPrefix) {
    this.signingName = signingName;
    this.protocol = protocol;
    this.version = version;
    this.namespace = namespace;
    this.sdkPackage = sdkPackage;
    this.targetPrefix = targetPrefix;
  }

  public String signingName() {
    return signingName;
  }

  public Protocol protocol() {
    return protocol;
  }

  public String version() {
    return version;
  }

  public String namespace() {
    return namespace;
  }

  /** The prefix of {@code X-Amz-Target} in the JSON protocols, empty in the others. */
  public String targetPrefix() {
    return targetPrefix;
  }

  /** The package of the SDK's request and response types. */
  public String models() {
    return MODELS + sdkPackage + ".model.";
  }

  /** Whether the service keeps one state for all Regions of an account. */
  public boolean global() {
    return this == ROUTE53;
  }

  static AwsService ofModel(Class<?> type) {
    for (var service : values()) {
      if (type.getName().startsWith(MODELS + service.sdkPackage + ".")) {
        return service;
      }
    }
    throw new IllegalArgumentException("no simulated service knows " + type.getName());
  }

  public static Optional<AwsService> ofSigningName(String name) {
    for (var service : values()) {
      if (service.signingName.equals(name)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }
}
