package dev.penstock.edges.kubernetes;

import dev.penstock.schemas.key.ObjectKind;

/**
 * Where a kind lives in the API: {@code apiVersion} is {@code v1} or {@code group/version}. These
 * are the only kinds that Penstock reads or writes.
 */
public record ResourceType(String apiVersion, String kind, String plural, boolean namespaced) {
  /** Events are written, never watched. */
  public static final ResourceType EVENT = new ResourceType("v1", "Event", "events", true);

  private static final String NETWORKING = "networking.k8s.io/v1";
  private static final String ELBV2 = "elbv2.k8s.aws/v1beta1";

  public static ResourceType of(ObjectKind kind) {
    return switch (kind) {
      case INGRESS -> namespaced(NETWORKING, kind, "ingresses");
      case INGRESS_CLASS -> global(NETWORKING, kind, "ingressclasses");
      case INGRESS_CLASS_PARAMS -> global(ELBV2, kind, "ingressclassparams");
      case SERVICE -> namespaced("v1", kind, "services");
      case ENDPOINT_SLICE -> namespaced("discovery.k8s.io/v1", kind, "endpointslices");
      case NODE -> global("v1", kind, "nodes");
      case POD -> namespaced("v1", kind, "pods");
      case NAMESPACE -> global("v1", kind, "namespaces");
      case TARGET_GROUP_BINDING -> namespaced(ELBV2, kind, "targetgroupbindings");
      case SECRET -> namespaced("v1", kind, "secrets");
      case CONFIG_MAP -> namespaced("v1", kind, "configmaps");
    };
  }

  /** {@code /api/v1/pods}: the kind in all namespaces. */
  public String path() {
    return root() + "/" + plural;
  }

  private static ResourceType namespaced(String apiVersion, ObjectKind kind, String plural) {
    return new ResourceType(apiVersion, kind.text(), plural, true);
  }

  private static ResourceType global(String apiVersion, ObjectKind kind, String plural) {
    return new ResourceType(apiVersion, kind.text(), plural, false);
  }

  String root() {
    return (apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion;
  }
}
