package dev.penstock.plan.ingress;

import dev.penstock.plan.annotation.NearestWord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one table of annotations under {@code alb.ingress.kubernetes.io/}: each key that is known,
 * and what it speaks about (LBC 1).
 */
enum Annotation {
  GROUP_NAME("group.name", Scope.LOAD_BALANCER),
  GROUP_ORDER("group.order", Scope.LOAD_BALANCER),
  LOAD_BALANCER_NAME("load-balancer-name", Scope.LOAD_BALANCER),
  SCHEME("scheme", Scope.LOAD_BALANCER),
  IP_ADDRESS_TYPE("ip-address-type", Scope.LOAD_BALANCER),
  SUBNETS("subnets", Scope.LOAD_BALANCER),
  SECURITY_GROUPS("security-groups", Scope.LOAD_BALANCER),
  MANAGE_BACKEND_RULES("manage-backend-security-group-rules", Scope.LOAD_BALANCER),
  CUSTOMER_OWNED_POOL("customer-owned-ipv4-pool", Scope.LOAD_BALANCER),
  IPAM_POOL("ipam-ipv4-pool-id", Scope.LOAD_BALANCER),
  LOAD_BALANCER_ATTRIBUTES("load-balancer-attributes", Scope.LOAD_BALANCER),
  TAGS("tags", Scope.LOAD_BALANCER),
  CAPACITY("minimum-load-balancer-capacity", Scope.LOAD_BALANCER),
  WAFV2_ARN("wafv2-acl-arn", Scope.LOAD_BALANCER),
  WAFV2_NAME("wafv2-acl-name", Scope.LOAD_BALANCER),
  WAF_CLASSIC("waf-acl-id", Scope.LOAD_BALANCER),
  WEB_ACL("web-acl-id", Scope.LOAD_BALANCER),
  SHIELD("shield-advanced-protection", Scope.LOAD_BALANCER),
  /** What LBC writes on an object; nobody asks for anything by it. */
  DRY_RUN_PLAN("dry-run-plan", Scope.LOAD_BALANCER),

  LISTEN_PORTS("listen-ports", Scope.LISTENER),
  CERTIFICATE_ARN("certificate-arn", Scope.LISTENER),
  SSL_POLICY("ssl-policy", Scope.LISTENER),
  SSL_REDIRECT("ssl-redirect", Scope.LISTENER),
  INBOUND_CIDRS("inbound-cidrs", Scope.LISTENER),
  PREFIX_LISTS("security-group-prefix-lists", Scope.LISTENER),
  MUTUAL_AUTHENTICATION("mutual-authentication", Scope.LISTENER),
  LISTENER_ATTRIBUTES("listener-attributes.", Scope.LISTENER),
  CREATE_ACM_CERT("create-acm-cert", Scope.LISTENER),
  ACM_PCA_ARN("acm-pca-arn", Scope.LISTENER),

  ACTIONS("actions.", Scope.RULE),
  CONDITIONS("conditions.", Scope.RULE),
  TRANSFORMS("transforms.", Scope.RULE),
  USE_REGEX_PATH_MATCH("use-regex-path-match", Scope.RULE),
  AUTH_TYPE("auth-type", Scope.RULE),
  AUTH_IDP_COGNITO("auth-idp-cognito", Scope.RULE),
  AUTH_IDP_OIDC("auth-idp-oidc", Scope.RULE),
  AUTH_ON_UNAUTHENTICATED("auth-on-unauthenticated-request", Scope.RULE),
  AUTH_SCOPE("auth-scope", Scope.RULE),
  AUTH_SESSION_COOKIE("auth-session-cookie", Scope.RULE),
  AUTH_SESSION_TIMEOUT("auth-session-timeout", Scope.RULE),
  JWT_VALIDATION("jwt-validation", Scope.RULE),

  TARGET_TYPE("target-type", Scope.TARGET_GROUP),
  BACKEND_PROTOCOL("backend-protocol", Scope.TARGET_GROUP),
  BACKEND_PROTOCOL_VERSION("backend-protocol-version", Scope.TARGET_GROUP),
  TARGET_GROUP_ATTRIBUTES("target-group-attributes", Scope.TARGET_GROUP),
  HEALTHCHECK_PORT("healthcheck-port", Scope.TARGET_GROUP),
  HEALTHCHECK_PROTOCOL("healthcheck-protocol", Scope.TARGET_GROUP),
  HEALTHCHECK_PATH("healthcheck-path", Scope.TARGET_GROUP),
  HEALTHCHECK_INTERVAL("healthcheck-interval-seconds", Scope.TARGET_GROUP),
  HEALTHCHECK_TIMEOUT("healthcheck-timeout-seconds", Scope.TARGET_GROUP),
  HEALTHY_THRESHOLD("healthy-threshold-count", Scope.TARGET_GROUP),
  UNHEALTHY_THRESHOLD("unhealthy-threshold-count", Scope.TARGET_GROUP),
  SUCCESS_CODES("success-codes", Scope.TARGET_GROUP),
  TARGET_NODE_LABELS("target-node-labels", Scope.TARGET_GROUP),
  MULTI_CLUSTER("multi-cluster-target-group", Scope.TARGET_GROUP),
  TARGET_CONTROL_PORT("target-control-port.", Scope.TARGET_GROUP),

  FRONTEND_NLB("enable-frontend-nlb", Scope.FRONTEND_NLB),
  FRONTEND_NLB_SCHEME("frontend-nlb-scheme", Scope.FRONTEND_NLB),
  FRONTEND_NLB_SUBNETS("frontend-nlb-subnets", Scope.FRONTEND_NLB),
  FRONTEND_NLB_GROUPS("frontend-nlb-security-groups", Scope.FRONTEND_NLB),
  FRONTEND_NLB_EIPS("frontend-nlb-eip-allocations", Scope.FRONTEND_NLB),
  FRONTEND_NLB_PORTS("frontend-nlb-listener-port-mapping", Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_PORT("frontend-nlb-healthcheck-port", Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_PROTOCOL("frontend-nlb-healthcheck-protocol", Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_PATH("frontend-nlb-healthcheck-path", Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_INTERVAL(
      "frontend-nlb-healthcheck-interval-seconds", Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_TIMEOUT("frontend-nlb-healthcheck-timeout-seconds", Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHY_THRESHOLD(
      "frontend-nlb-healthcheck-healthy-threshold-count", Scope.FRONTEND_NLB),
  FRONTEND_NLB_UNHEALTHY_THRESHOLD(
      "frontend-nlb-healthcheck-unhealthy-threshold-count", Scope.FRONTEND_NLB),
  FRONTEND_NLB_SUCCESS_CODES("frontend-nlb-healthcheck-success-codes", Scope.FRONTEND_NLB),
  FRONTEND_NLB_ATTRIBUTES("frontend-nlb-attributes", Scope.FRONTEND_NLB),
  FRONTEND_NLB_TAGS("frontend-nlb-tags", Scope.FRONTEND_NLB);

  static final String PREFIX = "alb.ingress.kubernetes.io/";

  /** What a key speaks about; keys of target groups are also read from the Service, which wins. */
  enum Scope {
    LOAD_BALANCER,
    LISTENER,
    RULE,
    TARGET_GROUP,
    FRONTEND_NLB
  }

  private final String key;
  private final Scope scope;

  Annotation(String key, Scope scope) {
    this.key = key;
    this.scope = scope;
  }

  /** The key without prefix; one that ends with a dot is followed by a name. */
  String key() {
    return key;
  }

  Scope scope() {
    return scope;
  }

  /** The annotation of a key given without prefix. */
  static Optional<Annotation> find(String key) {
    return Arrays.stream(values())
        .filter(a -> a.open() ? key.startsWith(a.key) : key.equals(a.key))
        .findFirst();
  }

  /** The known key nearest to an unknown one. */
  static Optional<String> nearest(String key) {
    List<String> names = Arrays.stream(values()).map(Annotation::key).toList();
    return NearestWord.of(key, names);
  }

  private boolean open() {
    return key.endsWith(".");
  }
}
