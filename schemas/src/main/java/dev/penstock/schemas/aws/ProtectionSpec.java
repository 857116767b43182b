package dev.penstock.schemas.aws;

import dev.penstock.schemas.key.ResourceIds;

/**
 * What guards a load balancer beside its security groups. {@code value} is the ARN or id of the web
 * ACL, of Shield the name of the protection; empty is AWS's default, none.
 */
public record ProtectionSpec(Link loadBalancer, Guard guard, String value) implements ResourceSpec {

  /** Of each kind a load balancer has one at most. */
  public enum Guard {
    WEB_ACL("wafv2"),
    CLASSIC_WEB_ACL("waf-regional"),
    SHIELD("shield");

    /** The name of the Shield protections that we make, which is LBC's. */
    public static final String SHIELD_NAME = "managed by aws-load-balancer-controller";

    private static final String LEGACY_NAME = "managed by aws-alb-ingress-controller";

    private final String text;

    Guard(String text) {
      this.text = text;
    }

    /** The service, which is also the resource id. */
    public String text() {
      return text;
    }

    /** Whether a Shield protection of this name is one of ours. */
    public static boolean isOurs(String name) {
      return name.equals(SHIELD_NAME) || name.equals(LEGACY_NAME);
    }

    /**
     * The guard whose resource has this id; a successor has its number behind it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Guard of(String resourceId) {
      var text = ResourceIds.plain(resourceId);
      for (var guard : values()) {
        if (guard.text.equals(text)) {
          return guard;
        }
      }
      throw new IllegalArgumentException("no such protection: " + resourceId);
    }
  }
}
