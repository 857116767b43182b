package dev.penstock.sandbox.simulation;

import software.amazon.awssdk.services.shield.model.ResourceNotFoundException;

/** What AWS shows of the guards of a load balancer; {@code none} when it has none. */
final class Guards {
  static final String NONE = "none";

  private Guards() {}

  static String webAcl(Stage stage, String arn) {
    var acl = stage.wafv2.getWebACLForResource(r -> r.resourceArn(arn)).webACL();
    return acl == null ? NONE : acl.name();
  }

  static String classicWebAcl(Stage stage, String arn) {
    var acl = stage.waf.getWebACLForResource(r -> r.resourceArn(arn)).webACLSummary();
    return acl == null ? NONE : acl.webACLId();
  }

  static String shield(Stage stage, String arn) {
    try {
      return stage.shield.describeProtection(r -> r.resourceArn(arn)).protection().name();
    } catch (ResourceNotFoundException _) {
      return NONE;
    }
  }
}
