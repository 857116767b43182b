package dev.penstock.plan.ingress;

import dev.penstock.plan.annotation.NearestWord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one table of annotations under {@code alb.ingress.kubernetes.io/}: each key that is known,
 * its type, what it speaks about, and what this version does with it (LBC 1).
 */
enum Annotation {
  GROUP_NAME("group.name", Type.TEXT, Scope.LOAD_BALANCER),
  GROUP_ORDER("group.order", Type.INT32, Scope.LOAD_BALANCER),
  LOAD_BALANCER_NAME("load-balancer-name", Type.TEXT, Scope.LOAD_BALANCER),
  SCHEME("scheme", Type.TEXT, Scope.LOAD_BALANCER),
  IP_ADDRESS_TYPE("ip-address-type", Type.TEXT, Scope.LOAD_BALANCER),
  SUBNETS("subnets", Type.LIST, Scope.LOAD_BALANCER),
  SECURITY_GROUPS("security-groups", Type.LIST, Scope.LOAD_BALANCER),
  MANAGE_BACKEND_RULES("manage-backend-security-group-rules", Type.BOOL, Scope.LOAD_BALANCER),
  CUSTOMER_OWNED_POOL("customer-owned-ipv4-pool", Type.TEXT, Scope.LOAD_BALANCER),
  IPAM_POOL("ipam-ipv4-pool-id", Type.TEXT, Scope.LOAD_BALANCER),
  LOAD_BALANCER_ATTRIBUTES("load-balancer-attributes", Type.MAP, Scope.LOAD_BALANCER),
  TAGS("tags", Type.MAP, Scope.LOAD_BALANCER),
  CAPACITY("minimum-load-balancer-capacity", Type.MAP, Scope.LOAD_BALANCER),
  WAFV2_ARN("wafv2-acl-arn", Type.TEXT, Scope.LOAD_BALANCER),
  WAFV2_NAME("wafv2-acl-name", Type.TEXT, Scope.LOAD_BALANCER),
  WAF_CLASSIC("waf-acl-id", Type.TEXT, Scope.LOAD_BALANCER),
  WEB_ACL("web-acl-id", Type.TEXT, Scope.LOAD_BALANCER),
  SHIELD("shield-advanced-protection", Type.BOOL, Scope.LOAD_BALANCER),
  DRY_RUN_PLAN("dry-run-plan", Type.TEXT, Scope.LOAD_BALANCER, Use.OTHERS_OUTPUT),

  LISTEN_PORTS("listen-ports", Type.JSON, Scope.LISTENER),
  CERTIFICATE_ARN("certificate-arn", Type.LIST, Scope.LISTENER),
  SSL_POLICY("ssl-policy", Type.TEXT, Scope.LISTENER),
  SSL_REDIRECT("ssl-redirect", Type.INT32, Scope.LISTENER),
  INBOUND_CIDRS("inbound-cidrs", Type.LIST, Scope.LISTENER),
  PREFIX_LISTS("security-group-prefix-lists", Type.LIST, Scope.LISTENER),
  MUTUAL_AUTHENTICATION("mutual-authentication", Type.JSON, Scope.LISTENER),
  LISTENER_ATTRIBUTES("listener-attributes.", Type.MAP, Scope.LISTENER),
  CREATE_ACM_CERT("create-acm-cert", Type.BOOL, Scope.LISTENER, Use.NOT_YET),
  ACM_PCA_ARN("acm-pca-arn", Type.TEXT, Scope.LISTENER, Use.NOT_YET),

  ACTIONS("actions.", Type.JSON, Scope.RULE),
  CONDITIONS("conditions.", Type.JSON, Scope.RULE),
  TRANSFORMS("transforms.", Type.JSON, Scope.RULE),
  USE_REGEX_PATH_MATCH("use-regex-path-match", Type.BOOL, Scope.RULE),
  AUTH_TYPE("auth-type", Type.TEXT, Scope.RULE),
  AUTH_IDP_COGNITO("auth-idp-cognito", Type.JSON, Scope.RULE),
  AUTH_IDP_OIDC("auth-idp-oidc", Type.JSON, Scope.RULE),
  AUTH_ON_UNAUTHENTICATED("auth-on-unauthenticated-request", Type.TEXT, Scope.RULE),
  AUTH_SCOPE("auth-scope", Type.TEXT, Scope.RULE),
  AUTH_SESSION_COOKIE("auth-session-cookie", Type.TEXT, Scope.RULE),
  AUTH_SESSION_TIMEOUT("auth-session-timeout", Type.INT64, Scope.RULE),
  JWT_VALIDATION("jwt-validation", Type.JSON, Scope.RULE),

  TARGET_TYPE("target-type", Type.TEXT, Scope.TARGET_GROUP),
  BACKEND_PROTOCOL("backend-protocol", Type.TEXT, Scope.TARGET_GROUP),
  BACKEND_PROTOCOL_VERSION("backend-protocol-version", Type.TEXT, Scope.TARGET_GROUP),
  TARGET_GROUP_ATTRIBUTES("target-group-attributes", Type.MAP, Scope.TARGET_GROUP),
  HEALTHCHECK_PORT("healthcheck-port", Type.TEXT, Scope.TARGET_GROUP),
  HEALTHCHECK_PROTOCOL("healthcheck-protocol", Type.TEXT, Scope.TARGET_GROUP),
  HEALTHCHECK_PATH("healthcheck-path", Type.TEXT, Scope.TARGET_GROUP),
  HEALTHCHECK_INTERVAL("healthcheck-interval-seconds", Type.INT32, Scope.TARGET_GROUP),
  HEALTHCHECK_TIMEOUT("healthcheck-timeout-seconds", Type.INT32, Scope.TARGET_GROUP),
  HEALTHY_THRESHOLD("healthy-threshold-count", Type.INT32, Scope.TARGET_GROUP),
  UNHEALTHY_THRESHOLD("unhealthy-threshold-count", Type.INT32, Scope.TARGET_GROUP),
  SUCCESS_CODES("success-codes", Type.TEXT, Scope.TARGET_GROUP),
  TARGET_NODE_LABELS("target-node-labels", Type.MAP, Scope.TARGET_GROUP),
  MULTI_CLUSTER("multi-cluster-target-group", Type.BOOL, Scope.TARGET_GROUP),
  TARGET_CONTROL_PORT("target-control-port.", Type.INT32, Scope.TARGET_GROUP),

  FRONTEND_NLB("enable-frontend-nlb", Type.BOOL, Scope.FRONTEND_NLB),
  FRONTEND_NLB_SCHEME("frontend-nlb-scheme", Type.TEXT, Scope.FRONTEND_NLB),
  FRONTEND_NLB_SUBNETS("frontend-nlb-subnets", Type.LIST, Scope.FRONTEND_NLB),
  FRONTEND_NLB_GROUPS("frontend-nlb-security-groups", Type.LIST, Scope.FRONTEND_NLB),
  FRONTEND_NLB_EIPS("frontend-nlb-eip-allocations", Type.LIST, Scope.FRONTEND_NLB),
  FRONTEND_NLB_PORTS("frontend-nlb-listener-port-mapping", Type.MAP, Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_PORT("frontend-nlb-healthcheck-port", Type.TEXT, Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_PROTOCOL(
      "frontend-nlb-healthcheck-protocol", Type.TEXT, Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_PATH("frontend-nlb-healthcheck-path", Type.TEXT, Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_INTERVAL(
      "frontend-nlb-healthcheck-interval-seconds", Type.INT32, Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHCHECK_TIMEOUT(
      "frontend-nlb-healthcheck-timeout-seconds", Type.INT32, Scope.FRONTEND_NLB),
  FRONTEND_NLB_HEALTHY_THRESHOLD(
      "frontend-nlb-healthcheck-healthy-threshold-count", Type.INT32, Scope.FRONTEND_NLB),
  FRONTEND_NLB_UNHEALTHY_THRESHOLD(
      "frontend-nlb-healthcheck-unhealthy-threshold-count", Type.INT32, Scope.FRONTEND_NLB),
  FRONTEND_NLB_SUCCESS_CODES(
      "frontend-nlb-healthcheck-success-codes", Type.TEXT, Scope.FRONTEND_NLB),
  FRONTEND_NLB_ATTRIBUTES("frontend-nlb-attributes", Type.MAP, Scope.FRONTEND_NLB),
  FRONTEND_NLB_TAGS("frontend-nlb-tags", Type.MAP, Scope.FRONTEND_NLB);

  static final String PREFIX = "alb.ingress.kubernetes.io/";

  /** The syntax of a value (LBC 0). */
  enum Type {
    TEXT,
    BOOL,
    INT32,
    INT64,
    LIST,
    MAP,
    JSON
  }

  /** What a key speaks about; keys of target groups are also read from the Service, which wins. */
  enum Scope {
    LOAD_BALANCER,
    LISTENER,
    RULE,
    TARGET_GROUP,
    FRONTEND_NLB
  }

  /** What this version does with a key. */
  enum Use {
    /** Read, and acted on. */
    ACTED,
    /** Meant for us, without effect: its owner is warned. */
    NOT_YET,
    /** Written on the object by LBC itself: nobody asks for anything by it. */
    OTHERS_OUTPUT
  }

  private final String key;
  private final Type type;
  private final Scope scope;
  private final Use use;

  Annotation(String key, Type type, Scope scope) {
    this(key, type, scope, Use.ACTED);
  }

  Annotation(String key, Type type, Scope scope, Use use) {
    this.key = key;
    this.type = type;
    this.scope = scope;
    this.use = use;
  }

  /** The key without prefix; one that ends with a dot is followed by a name. */
  String key() {
    return key;
  }

  Type type() {
    return type;
  }

  Scope scope() {
    return scope;
  }

  Use use() {
    return use;
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
