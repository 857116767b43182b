package dev.penstock.schemas.intent;

import dev.penstock.schemas.avro.Default;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.ListenerSpec.MutualAuthentication;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.Transform;
import dev.penstock.schemas.kubernetes.PortReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Ingress with class parameters applied, annotations parsed and validated, backends resolved.
 * Settings of the load balancer are in {@code loadBalancer}, of listeners by port in {@code
 * listeners}; rules are in the order of LBC 4.7 and target groups in the order of first use. {@code
 * certificateHosts} are the hosts for which certificates must be discovered (LBC 4.5): empty when
 * certificates are named or no listener needs one. {@code frontend} is what the member says about a
 * network load balancer in front. {@code certificate} is what ACM is asked for.
 */
public record IngressIntent(
    LoadBalancerSettings loadBalancer,
    List<ListenerSettings> listeners,
    List<RuleIntent> rules,
    Optional<List<BackendAction>> defaultBackend,
    List<TargetGroupIntent> targetGroups,
    Map<String, String> tags,
    List<HostIntent> hosts,
    List<String> certificateHosts,
    Optional<FrontendSettings> frontend,
    Optional<CertificateRequest> certificate,
    @Default("{}") ProtectionSettings protections) {

  /** The same with other settings of the load balancer. */
  public IngressIntent withLoadBalancer(LoadBalancerSettings changed) {
    return new IngressIntent(
        changed,
        listeners,
        rules,
        defaultBackend,
        targetGroups,
        tags,
        hosts,
        certificateHosts,
        frontend,
        certificate,
        protections);
  }

  public IngressIntent withListeners(List<ListenerSettings> changed) {
    return new IngressIntent(
        loadBalancer,
        changed,
        rules,
        defaultBackend,
        targetGroups,
        tags,
        hosts,
        certificateHosts,
        frontend,
        certificate,
        protections);
  }

  /** The same with other rules and another default backend. */
  public IngressIntent withRules(
      List<RuleIntent> changed, Optional<List<BackendAction>> changedDefault) {
    return new IngressIntent(
        loadBalancer,
        listeners,
        changed,
        changedDefault,
        targetGroups,
        tags,
        hosts,
        certificateHosts,
        frontend,
        certificate,
        protections);
  }

  /** The same with other names that lead to it, and that certificates are looked for. */
  public IngressIntent withHosts(List<HostIntent> changed, List<String> changedCertificateHosts) {
    return new IngressIntent(
        loadBalancer,
        listeners,
        rules,
        defaultBackend,
        targetGroups,
        tags,
        changed,
        changedCertificateHosts,
        frontend,
        certificate,
        protections);
  }

  /**
   * What a member says about the group's load balancer; absent means that it says nothing. {@code
   * subnetsByClass} says that the subnets come from the class. Attributes, pool and capacity of the
   * class count only for the first member of a group (LBC 3.1).
   */
  public record LoadBalancerSettings(
      Optional<String> name,
      Optional<String> scheme,
      Optional<String> ipAddressType,
      List<String> subnets,
      boolean subnetsGiven,
      Map<String, List<String>> subnetTags,
      List<String> securityGroups,
      Optional<Boolean> manageBackendRules,
      Optional<Integer> sslRedirectPort,
      Map<String, String> attributes,
      boolean subnetsByClass,
      Map<String, String> classAttributes,
      Optional<String> customerOwnedIpv4Pool,
      Optional<String> ipv4IpamPoolId,
      Optional<String> classIpv4IpamPoolId,
      Optional<Integer> minimumCapacityUnits,
      Optional<Integer> classMinimumCapacityUnits) {

    public LoadBalancerSettings withSslRedirectPort(Optional<Integer> changed) {
      return new LoadBalancerSettings(
          name,
          scheme,
          ipAddressType,
          subnets,
          subnetsGiven,
          subnetTags,
          securityGroups,
          manageBackendRules,
          changed,
          attributes,
          subnetsByClass,
          classAttributes,
          customerOwnedIpv4Pool,
          ipv4IpamPoolId,
          classIpv4IpamPoolId,
          minimumCapacityUnits,
          classMinimumCapacityUnits);
    }
  }

  /**
   * What shall guard the load balancer; absent means that the member says nothing, an empty text
   * and false that it wants none.
   */
  public record ProtectionSettings(
      Optional<String> webAclName,
      Optional<String> webAclArn,
      Optional<String> classicWebAclId,
      Optional<Boolean> shield) {

    /** Says nothing. */
    public static ProtectionSettings silent() {
      return new ProtectionSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** The certificate that a member wants to be made: sorted names, the first is its domain name. */
  public record CertificateRequest(List<String> names, Optional<String> authorityArn) {}

  /** One listener of a member. Certificates are ARNs in the member's order, default first. */
  public record ListenerSettings(
      int port,
      String protocol,
      List<String> certificates,
      Optional<String> sslPolicy,
      List<String> inboundCidrs,
      List<String> prefixLists,
      Map<String, String> attributes,
      Map<String, String> classAttributes,
      Optional<MutualAuthentication> mutualAuthentication) {}

  /**
   * One path of the Ingress; it becomes one listener rule on each port of the member. {@code
   * identity} is a stable hash of the conditions, the part of the rule's resource id behind the
   * port.
   */
  public record RuleIntent(
      String identity,
      String host,
      String path,
      String pathType,
      List<RuleCondition> conditions,
      List<BackendAction> actions,
      List<Transform> transforms) {

    public RuleIntent withActions(List<BackendAction> changed) {
      return new RuleIntent(identity, host, path, pathType, conditions, changed, transforms);
    }
  }

  /** An action whose target groups are named by their resource ids. */
  public sealed interface BackendAction {}

  /** Forward to target groups of this member or to existing ones by ARN. */
  public record ForwardTo(List<WeightedBackend> backends, Optional<Action.Stickiness> stickiness)
      implements BackendAction {}

  /** Any action that needs no target group. */
  public record Plain(Action action) implements BackendAction {}

  /**
   * {@code targetGroup} is a resource id (LBC 4.3) or, when {@code existing}, an ARN, or, when
   * {@code byName}, the name that it has in AWS.
   */
  public record WeightedBackend(
      String targetGroup,
      boolean existing,
      Optional<Integer> weight,
      @Default("false") boolean byName) {}

  /** A target group that this member needs and the Service port behind it. */
  public record TargetGroupIntent(
      String resourceId,
      String namespace,
      String serviceName,
      String serviceUid,
      PortReference servicePort,
      String targetType,
      String protocol,
      String protocolVersion,
      int port,
      String ipAddressType,
      TargetGroupSpec.HealthCheck healthCheck,
      List<PortReference> backendPorts,
      Map<String, String> attributes,
      Map<String, String> nodeLabels,
      boolean multiCluster,
      Map<String, String> tags,
      Optional<Integer> targetControlPort) {}

  /** A host name that this member claims, with what external-dns' annotations say about it. */
  public record HostIntent(
      String host,
      List<String> targets,
      Optional<Long> ttlSeconds,
      boolean alias,
      Map<String, String> routing,
      Optional<String> setIdentifier) {}
}
