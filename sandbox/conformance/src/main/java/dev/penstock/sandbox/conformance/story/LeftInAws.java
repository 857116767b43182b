package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;
import static dev.penstock.sandbox.conformance.Nodes.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.schemas.key.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.waf.regional.WafRegionalClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/**
 * Makes in AWS what another controller left behind after a step of a story: names, tags and numbers
 * of rules as the story's {@code after} says.
 */
final class LeftInAws {
  private final String vpc;
  private final ElasticLoadBalancingV2Client elb;
  private final Wafv2Client waf;
  private final WafRegionalClient classic;
  private final ShieldClient shield;
  private final LeftGroups groups;
  private final Map<String, String> ids = new HashMap<>();
  private final Map<String, String> hosts = new HashMap<>();
  private final SdkModels models = new SdkModels(this::id);

  LeftInAws(AwsSimulator aws, Scope home, String vpc) {
    this.vpc = vpc;
    var maker = Caller.of(home.account(), home.region(), "another controller");
    this.elb = aws.client(ElasticLoadBalancingV2Client.class, maker);
    this.waf = aws.client(Wafv2Client.class, maker);
    this.classic = aws.client(WafRegionalClient.class, maker);
    this.shield = aws.client(ShieldClient.class, maker);
    this.groups = new LeftGroups(aws, home, vpc, ids);
  }

  void make(JsonNode after) {
    groups.make(after.path("securityGroups"));
    for (var group : after.path("targetGroups").properties()) {
      ids.put(
          group.getKey(),
          targetGroup(StoryNames.first(StoryNames.bare(group.getKey())), group.getValue()));
    }
    for (var balancer : after.path("loadBalancers").properties()) {
      loadBalancer(balancer.getKey(), balancer.getValue());
    }
    for (var balancer : after.path("loadBalancers").properties()) {
      balancer
          .getValue()
          .path("listeners")
          .properties()
          .forEach(e -> listener(id(balancer.getKey()), e.getKey(), e.getValue()));
    }
    after.path("targetGroups").properties().forEach(e -> targets(id(e.getKey()), e.getValue()));
  }

  /** The id behind a name of the story. */
  String id(String name) {
    return ids.getOrDefault(name, name);
  }

  /** What has an id, and the story's name of it; security groups are known by their own names. */
  Map<String, String> named() {
    var named = new HashMap<String, String>();
    ids.forEach((name, id) -> {
      if (!name.startsWith("sg-")) {
        named.put(id, name);
      }
    });
    return named;
  }

  /** The DNS name that the story tells as that of a load balancer. */
  String host(String told) {
    return hosts.getOrDefault(told, told);
  }

  private String targetGroup(String name, JsonNode group) {
    var check = group.path("healthCheck");
    var arn =
        elb.createTargetGroup(
                r -> {
                  models.fill(r, group);
                  r.name(name).vpcId(vpc).tags(SdkModels.tags(group));
                  r.healthCheckPort(text(check, "port"))
                      .healthCheckProtocol(text(check, "protocol"))
                      .healthyThresholdCount(check.path("healthyThresholdCount").asInt())
                      .unhealthyThresholdCount(check.path("unhealthyThresholdCount").asInt())
                      .healthCheckIntervalSeconds(check.path("intervalSeconds").asInt())
                      .healthCheckTimeoutSeconds(check.path("timeoutSeconds").asInt());
                  optional(check, "path").ifPresent(r::healthCheckPath);
                  optional(check.path("matcher"), "httpCode")
                      .ifPresent(code -> r.matcher(m -> m.httpCode(code)));
                  optional(check.path("matcher"), "grpcCode")
                      .ifPresent(code -> r.matcher(m -> m.grpcCode(code)));
                })
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    var pairs = SdkModels.targetGroupAttributes(group);
    if (!pairs.isEmpty()) {
      elb.modifyTargetGroupAttributes(r -> r.targetGroupArn(arn).attributes(pairs));
    }
    return arn;
  }

  private void targets(String arn, JsonNode group) {
    var targets = new ArrayList<TargetDescription>();
    for (var target : texts(group.path("targets"))) {
      int colon = target.lastIndexOf(':');
      targets.add(
          TargetDescription.builder()
              .id(id(target.substring(0, colon)))
              .port(Integer.parseInt(target.substring(colon + 1)))
              .build());
    }
    if (!targets.isEmpty()) {
      elb.registerTargets(r -> r.targetGroupArn(arn).targets(targets));
    }
  }

  private void loadBalancer(String key, JsonNode balancer) {
    var made =
        elb.createLoadBalancer(
                r -> {
                  models.fill(r, balancer);
                  r.tags(SdkModels.tags(balancer));
                })
            .loadBalancers()
            .getFirst();
    var arn = made.loadBalancerArn();
    ids.put(key, arn);
    hosts.put("dns of " + key, made.dnsName());
    var pairs = SdkModels.loadBalancerAttributes(balancer);
    if (!pairs.isEmpty()) {
      elb.modifyLoadBalancerAttributes(r -> r.loadBalancerArn(arn).attributes(pairs));
    }
    if (balancer.has("capacityUnits")) {
      elb.modifyCapacityReservation(r ->
          r.loadBalancerArn(arn)
              .minimumLoadBalancerCapacity(
                  c -> c.capacityUnits(balancer.get("capacityUnits").asInt())));
    }
  }

  /** What guards a load balancer can be said once it is active. */
  boolean guard(JsonNode after) {
    after.path("loadBalancers").properties().forEach(e -> guards(id(e.getKey()), e.getValue()));
    return true;
  }

  private void guards(String arn, JsonNode balancer) {
    optional(balancer, "webACL")
        .ifPresent(acl -> waf.associateWebACL(r -> r.resourceArn(arn).webACLArn(acl)));
    optional(balancer, "webACLRegional")
        .ifPresent(acl -> classic.associateWebACL(r -> r.resourceArn(arn).webACLId(acl)));
    optional(balancer, "shieldProtection")
        .ifPresent(name -> shield.createProtection(r -> r.resourceArn(arn).name(name)));
  }

  private void listener(String balancer, String port, JsonNode listener) {
    var arn =
        elb.createListener(r -> create(r, balancer, port, listener))
            .listeners()
            .getFirst()
            .listenerArn();
    var standard = optional(listener, "defaultCertificate");
    texts(listener.path("sniCertificates")).stream()
        .filter(c -> !standard.equals(Optional.of(c)))
        .forEach(
            c -> elb.addListenerCertificates(r -> r.listenerArn(arn).certificates(certificate(c))));
    var pairs = SdkModels.listenerAttributes(listener);
    if (!pairs.isEmpty()) {
      elb.modifyListenerAttributes(r -> r.listenerArn(arn).attributes(pairs));
    }
    for (var rule : listener.path("rules")) {
      elb.createRule(r ->
          r.listenerArn(arn)
              .priority(rule.path("priority").asInt())
              .conditions(models.conditions(rule.path("conditions")))
              .actions(models.actions(rule.path("actions")))
              .transforms(models.transforms(rule.path("transforms")))
              .tags(SdkModels.tags(rule)));
    }
  }

  private void create(
      CreateListenerRequest.Builder request, String balancer, String port, JsonNode listener) {
    request
        .loadBalancerArn(balancer)
        .port(Integer.parseInt(port))
        .protocol(text(listener, "protocol"))
        .defaultActions(models.actions(listener.path("defaultActions")))
        .tags(SdkModels.tags(listener));
    optional(listener, "sslPolicy").ifPresent(request::sslPolicy);
    optional(listener, "defaultCertificate")
        .ifPresent(arn -> request.certificates(certificate(arn)));
    if (listener.has("mutualAuthentication")) {
      request.mutualAuthentication(models.mutual(listener.get("mutualAuthentication")));
    }
  }

  private static Certificate certificate(String arn) {
    return Certificate.builder().certificateArn(arn).build();
  }
}
