package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** Attributes of load balancers, target groups and listeners: what is not named stays as it is. */
public final class AttributeOperations implements Operations.Family {
  private static final int ATTRIBUTES_PER_CALL = 20;
  private static final String SECONDARY_IPS = "secondary_ips.auto_assigned.per_subnet";

  @Override
  public void register(Operations operations) {
    operations.on(DescribeLoadBalancerAttributesRequest.class, this::describeLoadBalancer);
    operations.on(ModifyLoadBalancerAttributesRequest.class, this::modifyLoadBalancer);
    operations.on(DescribeTargetGroupAttributesRequest.class, this::describeTargetGroup);
    operations.on(ModifyTargetGroupAttributesRequest.class, this::modifyTargetGroup);
    operations.on(DescribeListenerAttributesRequest.class, this::describeListener);
    operations.on(ModifyListenerAttributesRequest.class, this::modifyListener);
  }

  private SdkResponse describeLoadBalancer(
      Turn turn, DescribeLoadBalancerAttributesRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    return DescribeLoadBalancerAttributesResponse.builder()
        .attributes(list(row.attributes(), AttributeOperations::ofLoadBalancer))
        .build();
  }

  private SdkResponse modifyLoadBalancer(Turn turn, ModifyLoadBalancerAttributesRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    var changes = new LinkedHashMap<String, String>();
    request.attributes().forEach(a -> changes.put(a.key(), a.value()));
    checkAll(Attributes.ofLoadBalancer(row.model().typeAsString()), changes, request.attributes());
    checkSecondaryIps(row.attributes(), changes);
    var after = merged(row.attributes(), changes);
    if ("true".equals(after.get("access_logs.s3.enabled"))
        && String.valueOf(after.get("access_logs.s3.bucket")).isEmpty()) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "The S3 bucket of the access logs must be specified");
    }
    turn.region().loadBalancers.put(row.arn(), row.withAttributes(after));
    return ModifyLoadBalancerAttributesResponse.builder()
        .attributes(list(changes, AttributeOperations::ofLoadBalancer))
        .build();
  }

  private static void checkSecondaryIps(Map<String, String> is, Map<String, String> changes) {
    var wanted = changes.get(SECONDARY_IPS);
    var held = is.get(SECONDARY_IPS);
    if (wanted != null && held != null && Integer.parseInt(wanted) < Integer.parseInt(held)) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "'" + SECONDARY_IPS + "' cannot be decreased");
    }
  }

  private SdkResponse describeTargetGroup(Turn turn, DescribeTargetGroupAttributesRequest request) {
    var row = Find.targetGroup(turn, request.targetGroupArn());
    return DescribeTargetGroupAttributesResponse.builder()
        .attributes(list(row.attributes(), AttributeOperations::ofTargetGroup))
        .build();
  }

  private SdkResponse modifyTargetGroup(Turn turn, ModifyTargetGroupAttributesRequest request) {
    var row = Find.targetGroup(turn, request.targetGroupArn());
    var changes = new LinkedHashMap<String, String>();
    request.attributes().forEach(a -> changes.put(a.key(), a.value()));
    checkAll(
        Attributes.ofTargetGroup(
            row.model().targetTypeAsString(), String.valueOf(row.model().protocolAsString())),
        changes,
        request.attributes());
    turn.region()
        .targetGroups
        .put(row.arn(), row.withAttributes(merged(row.attributes(), changes)));
    return ModifyTargetGroupAttributesResponse.builder()
        .attributes(list(changes, AttributeOperations::ofTargetGroup))
        .build();
  }

  private SdkResponse describeListener(Turn turn, DescribeListenerAttributesRequest request) {
    var row = Find.listener(turn, request.listenerArn());
    return DescribeListenerAttributesResponse.builder()
        .attributes(list(row.attributes(), AttributeOperations::ofListener))
        .build();
  }

  private SdkResponse modifyListener(Turn turn, ModifyListenerAttributesRequest request) {
    var row = Find.listener(turn, request.listenerArn());
    var changes = new LinkedHashMap<String, String>();
    request.attributes().forEach(a -> changes.put(a.key(), a.value()));
    var type = Find.loadBalancer(turn, row.loadBalancerArn()).model().typeAsString();
    checkAll(Attributes.ofListener(type), changes, request.attributes());
    var after = merged(row.attributes(), changes);
    turn.region()
        .listeners
        .put(row.arn(), new ListenerRow(row.model(), after, row.sniCertificates()));
    return ModifyListenerAttributesResponse.builder()
        .attributes(list(changes, AttributeOperations::ofListener))
        .build();
  }

  private static void checkAll(Attributes known, Map<String, String> changes, List<?> given) {
    Limits.atMost("attributes", given, ATTRIBUTES_PER_CALL);
    if (changes.isEmpty()) {
      throw AwsError.invalid("At least one attribute must be specified");
    }
    changes.forEach(known::check);
  }

  private static Map<String, String> merged(Map<String, String> is, Map<String, String> changes) {
    var after = new LinkedHashMap<>(is);
    after.putAll(changes);
    return after;
  }

  private static <A> List<A> list(Map<String, String> values, BiFunction<String, String, A> to) {
    var list = new ArrayList<A>();
    values.forEach((key, value) -> list.add(to.apply(key, value)));
    return list;
  }

  private static LoadBalancerAttribute ofLoadBalancer(String key, String value) {
    return LoadBalancerAttribute.builder().key(key).value(value).build();
  }

  private static TargetGroupAttribute ofTargetGroup(String key, String value) {
    return TargetGroupAttribute.builder().key(key).value(value).build();
  }

  private static ListenerAttribute ofListener(String key, String value) {
    return ListenerAttribute.builder().key(key).value(value).build();
  }
}
