package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;

/** Load balancers: create adopts silently what has the same settings, delete takes all along. */
public final class LoadBalancers implements Operations.Family {
  private static final int ARNS_PER_CALL = 20;

  @Override
  public void register(Operations operations) {
    operations.on(CreateLoadBalancerRequest.class, this::create);
    operations.on(DescribeLoadBalancersRequest.class, this::describe);
    operations.on(DeleteLoadBalancerRequest.class, this::delete);
  }

  /** The model with the state that it has now. */
  static LoadBalancer shown(Turn turn, LoadBalancerRow row) {
    var state = LoadBalancerState.builder().code(state(turn, row)).build();
    return row.model().toBuilder().state(state).build();
  }

  static LoadBalancerStateEnum state(Turn turn, LoadBalancerRow row) {
    return row.stuck() || row.activeAt().isAfter(turn.now())
        ? LoadBalancerStateEnum.PROVISIONING
        : LoadBalancerStateEnum.ACTIVE;
  }

  private SdkResponse create(Turn turn, CreateLoadBalancerRequest request) {
    Names.checkLoadBalancer(request.name());
    ElbTags.check(turn, request.tags());
    var wanted = model(turn, request);
    var existing = Find.loadBalancerNamed(turn, request.name());
    if (existing.isPresent()) {
      return adopt(turn, request, existing.get(), wanted);
    }
    var alb = wanted.typeAsString().equals("application");
    checkQuota(turn, alb);
    var made = identified(turn, wanted);
    var active = turn.now().plus(turn.times().scale(turn.times().provisioning()));
    var stuck =
        "internet-facing".equals(made.schemeAsString())
            && !LoadBalancerNetwork.hasInternet(turn, made.vpcId());
    var row =
        new LoadBalancerRow(
            made, Attributes.ofLoadBalancer(made.typeAsString()).defaults(), active, stuck, 0);
    turn.region().loadBalancers.put(row.arn(), row);
    ElbTags.put(turn, row.arn(), request.tags());
    LoadBalancerNetwork.settleInterfaces(turn, row);
    return created(turn, row);
  }

  private static SdkResponse adopt(
      Turn turn, CreateLoadBalancerRequest request, LoadBalancerRow existing, LoadBalancer wanted) {
    if (!sameSettings(existing.model(), wanted)) {
      throw AwsError.refused(
          "DuplicateLoadBalancerName",
          "A load balancer with the same name '"
              + request.name()
              + "' exists, but with different settings");
    }
    return created(turn, existing);
  }

  private static boolean sameSettings(LoadBalancer is, LoadBalancer wanted) {
    return is.typeAsString().equals(wanted.typeAsString())
        && is.schemeAsString().equals(wanted.schemeAsString())
        && is.ipAddressTypeAsString().equals(wanted.ipAddressTypeAsString())
        && subnets(is).equals(subnets(wanted))
        && Set.copyOf(is.securityGroups()).equals(Set.copyOf(wanted.securityGroups()))
        && Objects.equals(is.customerOwnedIpv4Pool(), wanted.customerOwnedIpv4Pool())
        && Objects.equals(is.ipamPools(), wanted.ipamPools());
  }

  private static Set<Object> subnets(LoadBalancer model) {
    var set = new LinkedHashSet<Object>();
    model
        .availabilityZones()
        .forEach(zone -> set.add(List.of(zone.subnetId(), zone.loadBalancerAddresses())));
    return set;
  }

  private static LoadBalancer model(Turn turn, CreateLoadBalancerRequest request) {
    var type = request.typeAsString() == null ? "application" : request.typeAsString();
    if (!Set.of("application", "network", "gateway").contains(type)) {
      throw AwsError.invalid(
          "Load balancer type '" + type + "' must be one of 'application', 'network', 'gateway'");
    }
    var scheme = request.schemeAsString() == null ? "internet-facing" : request.schemeAsString();
    if (!Set.of("internet-facing", "internal").contains(scheme)) {
      throw AwsError.refused("InvalidScheme", "The scheme '" + scheme + "' is not valid");
    }
    var ipType = request.ipAddressTypeAsString() == null ? "ipv4" : request.ipAddressTypeAsString();
    var alb = type.equals("application");
    LoadBalancerSettings.checkIpAddressType(ipType, type, scheme);
    var zones =
        LoadBalancerNetwork.zones(
            turn, LoadBalancerNetwork.mappings(request.subnets(), request.subnetMappings()), alb);
    var vpc = LoadBalancerNetwork.vpcOf(turn, zones);
    LoadBalancerNetwork.checkSecurityGroups(turn, request.securityGroups(), vpc);
    var groups =
        alb && request.securityGroups().isEmpty()
            ? LoadBalancerNetwork.defaultSecurityGroup(turn, vpc)
            : request.securityGroups();
    return LoadBalancer.builder()
        .loadBalancerName(request.name())
        .type(type)
        .scheme(scheme)
        .ipAddressType(ipType)
        .vpcId(vpc)
        .availabilityZones(zones)
        .securityGroups(groups)
        .customerOwnedIpv4Pool(request.customerOwnedIpv4Pool())
        .ipamPools(request.ipamPools())
        .enablePrefixForIpv6SourceNat(request.enablePrefixForIpv6SourceNatAsString())
        .enforceSecurityGroupInboundRulesOnPrivateLinkTraffic(
            type.equals("network") && !groups.isEmpty() ? "on" : null)
        .build();
  }

  private static LoadBalancer identified(Turn turn, LoadBalancer model) {
    var name = model.loadBalancerName();
    var id = turn.ids().hex(16);
    var kind =
        switch (model.type()) {
          case APPLICATION -> "app";
          case NETWORK -> "net";
          case GATEWAY, UNKNOWN_TO_SDK_VERSION -> "gwy";
        };
    var region = turn.region();
    var suffix = region.china() ? ".amazonaws.com.cn" : ".amazonaws.com";
    var inside = "internal".equals(model.schemeAsString()) ? "internal-" : "";
    var dns =
        kind.equals("app")
            ? inside + name + "-" + turn.ids().digits(10) + "." + region.name + ".elb" + suffix
            : name + "-" + id + ".elb." + region.name + suffix;
    return model.toBuilder()
        .loadBalancerArn(
            region.arn("elasticloadbalancing", "loadbalancer/" + kind + "/" + name + "/" + id))
        .dnsName(dns)
        .canonicalHostedZoneId(HostedZoneIds.of(region.name, kind.equals("app")))
        .createdTime(turn.now())
        .build();
  }

  private static void checkQuota(Turn turn, boolean alb) {
    var limit = turn.quota(alb ? Quota.APPLICATION_LOAD_BALANCERS : Quota.NETWORK_LOAD_BALANCERS);
    var held =
        turn.region().loadBalancers.all().stream().filter(row -> row.application() == alb).count();
    if (held >= limit) {
      throw AwsError.refused(
          "TooManyLoadBalancers",
          "The maximum number of load balancers of this account has been reached");
    }
  }

  private static SdkResponse created(Turn turn, LoadBalancerRow row) {
    return CreateLoadBalancerResponse.builder().loadBalancers(shown(turn, row)).build();
  }

  private SdkResponse describe(Turn turn, DescribeLoadBalancersRequest request) {
    var byArn = request.loadBalancerArns();
    var byName = request.names();
    if (!byArn.isEmpty() && !byName.isEmpty()) {
      throw AwsError.invalid(
          "Load balancer ARNs and load balancer names can not be specified at the same time");
    }
    Limits.atMost("loadBalancerArns", byArn, ARNS_PER_CALL);
    Limits.atMost("names", byName, ARNS_PER_CALL);
    List<LoadBalancerRow> rows =
        !byArn.isEmpty()
            ? Find.loadBalancers(turn, byArn)
            : !byName.isEmpty()
                ? byName.stream()
                    .map(name ->
                        Find.loadBalancerNamed(turn, name).orElseThrow(Find::noLoadBalancer))
                    .toList()
                : List.copyOf(turn.region().loadBalancers.all());
    var page =
        Pages.of(
            rows, LoadBalancerRow::arn, request.marker(), Limits.elbPage(turn, request.pageSize()));
    return DescribeLoadBalancersResponse.builder()
        .loadBalancers(page.items().stream().map(row -> shown(turn, row)).toList())
        .nextMarker(page.next())
        .build();
  }

  private SdkResponse delete(Turn turn, DeleteLoadBalancerRequest request) {
    var region = turn.region();
    var row = region.loadBalancers.find(request.loadBalancerArn());
    if (row.isEmpty()) {
      return DeleteLoadBalancerResponse.builder().build();
    }
    var arn = row.get().arn();
    var named = "Load balancer '" + arn + "' cannot be deleted because ";
    if ("true".equals(row.get().attributes().get("deletion_protection.enabled"))) {
      throw AwsError.refused("OperationNotPermitted", named + "deletion protection is enabled");
    }
    if (region.targets.all().stream()
        .anyMatch(target -> target.drainedAt() == null && arn.equals(target.model().id()))) {
      throw AwsError.refused(
          "ResourceInUse", named + "it is currently associated with another service");
    }
    region.listeners.in(arn).forEach(listener -> Listeners.remove(turn, listener));
    region.loadBalancers.remove(arn);
    region.tags.remove(arn);
    region.webAclLinks.remove(arn);
    region.classicAclLinks.remove(arn);
    turn.account().protections.remove(arn);
    LoadBalancerNetwork.releaseInterfaces(turn, arn);
    return DeleteLoadBalancerResponse.builder().build();
  }
}
