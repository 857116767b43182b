package dev.penstock.sandbox.conformance.story;

import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.schemas.key.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** AWS's default attributes, read off things that nobody has touched. */
final class AttributeNorms {
  private final ElasticLoadBalancingV2Client elb;
  private final List<String> subnets;
  private final String vpc;
  private final Map<String, Map<String, String>> known = new HashMap<>();
  private final Map<String, String> balancers = new HashMap<>();

  AttributeNorms(WorldSpec world, Scope home, String vpc) {
    var aws =
        AwsSimulator.create(
            world,
            Settings.easy(),
            _ -> new TargetProbe.Reply.ConnectionRefused(),
            () -> Instant.EPOCH,
            1);
    this.elb =
        aws.client(
            ElasticLoadBalancingV2Client.class, Caller.of(home.account(), home.region(), "norms"));
    this.vpc = vpc;
    var zones = new TreeMap<String, String>();
    world.accounts().getFirst().regions().getFirst().subnets().stream()
        .filter(subnet -> subnet.vpc().equals(vpc))
        .forEach(subnet -> zones.putIfAbsent(subnet.zone(), subnet.id()));
    this.subnets = List.copyOf(zones.values());
  }

  Map<String, String> loadBalancer(String type) {
    return known.computeIfAbsent(
        "lb " + type,
        _ -> {
          var pairs = new TreeMap<String, String>();
          elb.describeLoadBalancerAttributes(r -> r.loadBalancerArn(balancer(type)))
              .attributes()
              .forEach(a -> pairs.put(a.key(), a.value()));
          return pairs;
        });
  }

  Map<String, String> listener(String type) {
    return known.computeIfAbsent(
        "listener " + type,
        _ -> {
          var group = group("HTTP".equals(protocol(type)) ? "HTTP" : "TCP", "ip");
          var arn =
              elb.createListener(r ->
                      r.loadBalancerArn(balancer(type))
                          .port(80)
                          .protocol(protocol(type))
                          .defaultActions(a -> a.type("forward").targetGroupArn(group)))
                  .listeners()
                  .getFirst()
                  .listenerArn();
          var pairs = new TreeMap<String, String>();
          elb.describeListenerAttributes(r -> r.listenerArn(arn))
              .attributes()
              .forEach(a -> pairs.put(a.key(), a.value()));
          return pairs;
        });
  }

  Map<String, String> targetGroup(TargetGroup like) {
    var key = "tg " + like.protocolAsString() + " " + like.targetTypeAsString();
    return known.computeIfAbsent(
        key,
        _ -> {
          var arn = group(like.protocolAsString(), like.targetTypeAsString());
          var pairs = new TreeMap<String, String>();
          elb.describeTargetGroupAttributes(r -> r.targetGroupArn(arn))
              .attributes()
              .forEach(a -> pairs.put(a.key(), a.value()));
          return pairs;
        });
  }

  private static String protocol(String type) {
    return type.equals("application") ? "HTTP" : "TCP";
  }

  private String balancer(String type) {
    return balancers.computeIfAbsent(
        type,
        _ ->
            elb.createLoadBalancer(r -> r.name("norm-" + type).type(type).subnets(subnets))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn());
  }

  private String group(String protocol, String targetType) {
    return elb.createTargetGroup(r ->
            r.name(
                    "norm-"
                        + known.size()
                        + "-"
                        + protocol.toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .protocol(protocol)
                .targetType(targetType)
                .vpcId(vpc)
                .port(80))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }
}
