package dev.penstock.plan.ingress;

import dev.penstock.schemas.kubernetes.IngressClassParams;
import java.util.List;
import java.util.Optional;

/**
 * Web ACLs and Shield, which this version cannot put in front of a load balancer: a member that
 * asks for one is refused rather than served without it. What it had stays.
 */
final class Protections {
  private static final List<Annotation> WEB_ACLS =
      List.of(
          Annotation.WAFV2_ARN, Annotation.WAFV2_NAME, Annotation.WAF_CLASSIC, Annotation.WEB_ACL);
  private static final List<String> OFF = List.of("", "none");

  private Protections() {}

  static void check(MemberSource source) {
    for (Annotation annotation : WEB_ACLS) {
      var value = source.annotations().text(annotation.key());
      if (value.isPresent() && !OFF.contains(value.get())) {
        refuse(source, Annotation.PREFIX + annotation.key(), value.get(), "\"none\"");
      }
    }
    if (source.annotations().bool(Annotation.SHIELD.key()).orElse(false)) {
      refuse(source, Annotation.PREFIX + Annotation.SHIELD.key(), "true", "\"false\"");
    }
    ofClass(source, "wafv2AclArn", source.params().flatMap(IngressClassParams::wafv2AclArn));
    ofClass(source, "wafv2AclName", source.params().flatMap(IngressClassParams::wafv2AclName));
  }

  private static void ofClass(MemberSource source, String field, Optional<String> value) {
    value
        .filter(v -> !OFF.contains(v))
        .ifPresent(v -> refuse(source, field + " of the class", v, "no value"));
  }

  private static void refuse(MemberSource source, String where, String value, String off) {
    source
        .problems()
        .error(
            "UnsupportedProtection",
            where
                + ": \""
                + value
                + "\" cannot be put in front of the load balancer by this version, and nothing new"
                + " is served without it; "
                + off
                + " asks for no protection");
  }
}
