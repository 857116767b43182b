package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Target groups: create adopts silently what has the same settings; one in use is not deleted. */
public final class TargetGroups implements Operations.Family {
  private static final Set<String> PROTOCOLS =
      Set.of("HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC");

  @Override
  public void register(Operations operations) {
    operations.on(CreateTargetGroupRequest.class, this::create);
    operations.on(DescribeTargetGroupsRequest.class, this::describe);
    operations.on(ModifyTargetGroupRequest.class, this::modify);
    operations.on(DeleteTargetGroupRequest.class, this::delete);
  }

  private SdkResponse create(Turn turn, CreateTargetGroupRequest request) {
    Names.checkTargetGroup(request.name());
    ElbTags.check(turn, request.tags());
    var wanted = HealthCheckSettings.completed(model(turn, request));
    HealthCheckSettings.check(wanted);
    var existing = Find.targetGroupNamed(turn, request.name());
    if (existing.isPresent()) {
      return adopt(request, existing.get(), wanted);
    }
    if (turn.region().targetGroups.size() >= turn.quota(Quota.TARGET_GROUPS)) {
      throw AwsError.refused(
          "TooManyTargetGroups", "The maximum number of target groups has been reached");
    }
    var path = "targetgroup/" + request.name() + "/" + turn.ids().hex(16);
    var arn = turn.region().arn("elasticloadbalancing", path);
    var made = wanted.toBuilder().targetGroupArn(arn).loadBalancerArns(List.of()).build();
    var attributes =
        Attributes.ofTargetGroup(made.targetTypeAsString(), String.valueOf(made.protocolAsString()))
            .defaults();
    adjustDefaults(made, attributes);
    var row = new TargetGroupRow(made, attributes, null, Instant.EPOCH);
    turn.region().targetGroups.put(arn, row);
    ElbTags.put(turn, arn, request.tags());
    return CreateTargetGroupResponse.builder().targetGroups(made).build();
  }

  /** Client addresses are kept except for ip targets of TCP and TLS; UDP ends connections. */
  private static void adjustDefaults(TargetGroup group, java.util.Map<String, String> attributes) {
    var protocol = String.valueOf(group.protocolAsString());
    if (attributes.containsKey("proxy_protocol_v2.enabled")) {
      var hidden =
          group.targetTypeAsString().equals("ip") && Set.of("TCP", "TLS").contains(protocol);
      attributes.put("preserve_client_ip.enabled", String.valueOf(!hidden));
      attributes.put(
          "deregistration_delay.connection_termination.enabled",
          String.valueOf(protocol.contains("UDP")));
    }
  }

  private static SdkResponse adopt(
      CreateTargetGroupRequest request, TargetGroupRow existing, TargetGroup wanted) {
    var is = existing.model().toBuilder().targetGroupArn(null).loadBalancerArns(List.of()).build();
    if (!is.equals(wanted.toBuilder().loadBalancerArns(List.of()).build())) {
      throw AwsError.refused(
          "DuplicateTargetGroupName",
          "A target group with the same name '"
              + request.name()
              + "' exists, but with different settings");
    }
    return CreateTargetGroupResponse.builder().targetGroups(existing.model()).build();
  }

  private static TargetGroup model(Turn turn, CreateTargetGroupRequest request) {
    var type = request.targetTypeAsString() == null ? "instance" : request.targetTypeAsString();
    if (!Set.of("instance", "ip", "lambda", "alb").contains(type)) {
      throw AwsError.invalid("Target type '" + type + "' is not valid");
    }
    var lambda = type.equals("lambda");
    var protocol = request.protocolAsString();
    checkPlace(turn, request, lambda);
    if (type.equals("alb") && !"TCP".equals(protocol)) {
      throw AwsError.invalid("Target groups of type 'alb' must have protocol 'TCP'");
    }
    var http = HealthCheckSettings.isHttp(protocol);
    var version = request.protocolVersion();
    if (version != null && (!http || !Set.of("HTTP1", "HTTP2", "GRPC").contains(version))) {
      throw AwsError.invalid("Protocol version '" + version + "' is not supported");
    }
    return TargetGroup.builder()
        .targetGroupName(request.name())
        .targetType(type)
        .protocol(protocol)
        .protocolVersion(http ? version == null ? "HTTP1" : version : null)
        .port(request.port())
        .vpcId(request.vpcId())
        .ipAddressType(
            request.ipAddressTypeAsString() == null && !lambda
                ? "ipv4"
                : request.ipAddressTypeAsString())
        .targetControlPort(request.targetControlPort())
        .healthCheckProtocol(request.healthCheckProtocolAsString())
        .healthCheckPort(request.healthCheckPort())
        .healthCheckEnabled(request.healthCheckEnabled())
        .healthCheckPath(request.healthCheckPath())
        .healthCheckIntervalSeconds(request.healthCheckIntervalSeconds())
        .healthCheckTimeoutSeconds(request.healthCheckTimeoutSeconds())
        .healthyThresholdCount(request.healthyThresholdCount())
        .unhealthyThresholdCount(request.unhealthyThresholdCount())
        .matcher(request.matcher())
        .build();
  }

  private static void checkPlace(Turn turn, CreateTargetGroupRequest request, boolean lambda) {
    var given = request.protocolAsString() != null || request.port() != null;
    if (lambda) {
      if (given || request.vpcId() != null) {
        throw AwsError.invalid("Protocol, port and VPC cannot be specified for type 'lambda'");
      }
      return;
    }
    if (request.protocolAsString() == null || !PROTOCOLS.contains(request.protocolAsString())) {
      throw AwsError.invalid("A protocol must be specified: " + request.protocolAsString());
    }
    if (request.port() == null || request.port() < 1 || request.port() > 65_535) {
      throw AwsError.invalid("A port within the range [1,65535] must be specified");
    }
    if (request.vpcId() == null) {
      throw AwsError.invalid("A VPC ID must be specified");
    }
    if (!turn.region().vpcs.has(request.vpcId())) {
      throw AwsError.invalid("The VPC ID '" + request.vpcId() + "' is not found");
    }
  }

  private SdkResponse describe(Turn turn, DescribeTargetGroupsRequest request) {
    var ways = 0;
    ways += request.loadBalancerArn() == null ? 0 : 1;
    ways += request.targetGroupArns().isEmpty() ? 0 : 1;
    ways += request.names().isEmpty() ? 0 : 1;
    if (ways > 1) {
      throw AwsError.invalid(
          "Target groups can be described by only one of load balancer ARN, ARNs and names");
    }
    var page =
        Pages.of(
            rows(turn, request),
            TargetGroupRow::arn,
            request.marker(),
            Limits.elbPage(turn, request.pageSize()));
    return DescribeTargetGroupsResponse.builder()
        .targetGroups(page.items().stream().map(TargetGroupRow::model).toList())
        .nextMarker(page.next())
        .build();
  }

  private static List<TargetGroupRow> rows(Turn turn, DescribeTargetGroupsRequest request) {
    if (request.loadBalancerArn() != null) {
      var arn = Find.loadBalancer(turn, request.loadBalancerArn()).arn();
      return turn.region().targetGroups.all().stream()
          .filter(row -> row.model().loadBalancerArns().contains(arn))
          .toList();
    }
    if (!request.targetGroupArns().isEmpty()) {
      return Find.targetGroups(turn, request.targetGroupArns());
    }
    if (!request.names().isEmpty()) {
      var rows = new ArrayList<TargetGroupRow>();
      for (var name : request.names()) {
        rows.add(Find.targetGroupNamed(turn, name).orElseThrow(Find::noTargetGroup));
      }
      return rows;
    }
    return List.copyOf(turn.region().targetGroups.all());
  }

  private SdkResponse modify(Turn turn, ModifyTargetGroupRequest request) {
    var row = Find.targetGroup(turn, request.targetGroupArn());
    var is = row.model();
    var model = is.toBuilder();
    if (request.healthCheckProtocolAsString() != null) {
      model.healthCheckProtocol(request.healthCheckProtocolAsString());
    }
    if (request.healthCheckPort() != null) {
      model.healthCheckPort(request.healthCheckPort());
    }
    if (request.healthCheckPath() != null) {
      model.healthCheckPath(request.healthCheckPath());
    }
    if (request.healthCheckEnabled() != null) {
      model.healthCheckEnabled(request.healthCheckEnabled());
    }
    if (request.healthCheckIntervalSeconds() != null) {
      model.healthCheckIntervalSeconds(request.healthCheckIntervalSeconds());
    }
    if (request.healthCheckTimeoutSeconds() != null) {
      model.healthCheckTimeoutSeconds(request.healthCheckTimeoutSeconds());
    }
    if (request.healthyThresholdCount() != null) {
      model.healthyThresholdCount(request.healthyThresholdCount());
    }
    if (request.unhealthyThresholdCount() != null) {
      model.unhealthyThresholdCount(request.unhealthyThresholdCount());
    }
    if (request.matcher() != null) {
      model.matcher(merged(is.matcher(), request.matcher()));
    }
    var changed = HealthCheckSettings.completed(model.build());
    HealthCheckSettings.check(changed);
    turn.region().targetGroups.put(row.arn(), row.with(changed));
    return ModifyTargetGroupResponse.builder().targetGroups(changed).build();
  }

  private static Matcher merged(Matcher is, Matcher wanted) {
    var empty = wanted.httpCode() == null && wanted.grpcCode() == null;
    return empty ? is : wanted;
  }

  private SdkResponse delete(Turn turn, DeleteTargetGroupRequest request) {
    var row = turn.region().targetGroups.find(request.targetGroupArn());
    if (row.isEmpty()) {
      return DeleteTargetGroupResponse.builder().build();
    }
    var arn = row.get().arn();
    if (Links.used(row.get()) || row.get().inUseUntil().isAfter(turn.now())) {
      throw AwsError.refused(
          "ResourceInUse",
          "Target group '" + arn + "' is currently in use by a listener or a rule");
    }
    for (var target : turn.region().targets.in(arn)) {
      turn.region().targets.remove(TargetRow.key(arn, target.model()));
    }
    turn.region().targetGroups.remove(arn);
    turn.region().tags.remove(arn);
    return DeleteTargetGroupResponse.builder().build();
  }
}
