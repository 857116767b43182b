package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;
import static dev.penstock.sandbox.conformance.Nodes.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.schemas.key.Scope;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** A person who changes AWS and the cluster by hand, as a story tells. */
final class StoryHand {
  private final AwsSimulator aws;
  private final Scope home;
  private final String vpc;
  private final StoryNames names;
  private final StoryCluster cluster;
  private final ElasticLoadBalancingV2Client elb;
  private final Ec2Client ec2;
  private final Wafv2Client waf;
  private final SdkModels models;

  StoryHand(AwsSimulator aws, Scope home, String vpc, StoryNames names, StoryCluster cluster) {
    this.aws = aws;
    this.home = home;
    this.vpc = vpc;
    this.names = names;
    this.cluster = cluster;
    this.models = new SdkModels(names::id);
    var person = Caller.of(home.account(), home.region(), "person");
    this.elb = aws.client(ElasticLoadBalancingV2Client.class, person);
    this.ec2 = aws.client(Ec2Client.class, person);
    this.waf = aws.client(Wafv2Client.class, person);
  }

  void perform(JsonNode deed) {
    names.look();
    var operation = text(deed, "operation");
    switch (operation) {
      case "CreateLoadBalancer" -> createLoadBalancer(deed);
      case "CreateTargetGroup" -> createTargetGroup(deed);
      case "CreateListener" -> createListener(deed);
      case "CreateRule" -> createRule(deed);
      case "DeleteLoadBalancer" ->
          elb.deleteLoadBalancer(r -> r.loadBalancerArn(id(deed, "loadBalancer")));
      case "DeleteTargetGroup" ->
          aws.remove(home.account(), home.region(), id(deed, "targetGroup"));
      case "DeleteListener" -> elb.deleteListener(r -> r.listenerArn(id(deed, "listener")));
      case "DeleteRule" -> elb.deleteRule(r -> r.ruleArn(id(deed, "rule")));
      case "AddTags" -> addTags(deed);
      case "RemoveTags", "DeleteTags" -> removeTags(deed);
      case "SetSubnets" ->
          elb.setSubnets(r ->
              r.loadBalancerArn(id(deed, "loadBalancer")).subnets(texts(deed.path("subnets"))));
      case "SetSecurityGroups" ->
          elb.setSecurityGroups(r ->
              r.loadBalancerArn(id(deed, "loadBalancer"))
                  .securityGroups(ids(deed, "securityGroups")));
      case "SetRulePriorities" -> setPriorities(deed);
      case "DeregisterTargets" -> deregister(id(deed, "targetGroup"));
      default -> change(operation, deed);
    }
    names.look();
  }

  private void change(String operation, JsonNode deed) {
    switch (operation) {
      case "ModifyListener" -> modifyListener(deed);
      case "ModifyRule" ->
          elb.modifyRule(
              r -> r.ruleArn(id(deed, "rule")).actions(models.actions(deed.path("actions"))));
      case "ModifyTargetGroup" -> modifyTargetGroup(deed);
      case "ModifyLoadBalancerAttributes" -> modifyLoadBalancerAttributes(deed);
      case "ModifyTargetGroupAttributes" -> modifyTargetGroupAttributes(deed);
      case "ModifyListenerAttributes" -> modifyListenerAttributes(deed);
      case "AddListenerCertificates" ->
          elb.addListenerCertificates(
              r -> r.listenerArn(id(deed, "listener")).certificates(certificates(deed)));
      case "RemoveListenerCertificates" ->
          elb.removeListenerCertificates(
              r -> r.listenerArn(id(deed, "listener")).certificates(certificates(deed)));
      case "CreateSecurityGroup" -> createSecurityGroup(deed);
      case "DeleteSecurityGroup" ->
          ec2.deleteSecurityGroup(r -> r.groupId(id(deed, "securityGroup")));
      case "AuthorizeSecurityGroupIngress" ->
          ec2.authorizeSecurityGroupIngress(r ->
              r.groupId(id(deed, "securityGroup"))
                  .ipPermissions(models.permissions(deed.path("rules"))));
      case "RevokeSecurityGroupIngress" ->
          ec2.revokeSecurityGroupIngress(r ->
              r.groupId(id(deed, "securityGroup"))
                  .ipPermissions(models.permissions(deed.path("rules"))));
      case "wafv2 AssociateWebACL" ->
          waf.associateWebACL(
              r -> r.resourceArn(id(deed, "loadBalancer")).webACLArn(text(deed, "webACL")));
      case "subnets" -> subnets(deed);
      case "deleteTargetGroupBinding" -> deleteBinding(text(deed, "binding"));
      default -> throw new IllegalArgumentException("nobody knows how to " + operation);
    }
  }

  private void createLoadBalancer(JsonNode deed) {
    elb.createLoadBalancer(r ->
        r.name(text(deed, "name"))
            .type(text(deed, "type"))
            .scheme(text(deed, "scheme"))
            .ipAddressType(text(deed, "ipAddressType"))
            .securityGroups(ids(deed, "securityGroups"))
            .subnets(texts(deed.path("subnets")))
            .tags(SdkModels.tags(deed)));
  }

  private void createTargetGroup(JsonNode deed) {
    elb.createTargetGroup(r -> {
      r.name(text(deed, "name"))
          .targetType(text(deed, "targetType"))
          .protocol(text(deed, "protocol"))
          .port(deed.path("port").asInt())
          .vpcId(vpc)
          .tags(SdkModels.tags(deed));
      optional(deed, "protocolVersion").ifPresent(r::protocolVersion);
    });
  }

  private void createListener(JsonNode deed) {
    elb.createListener(r ->
        r.loadBalancerArn(id(deed, "loadBalancer"))
            .port(deed.path("port").asInt())
            .protocol(text(deed, "protocol"))
            .certificates(certificates(deed))
            .defaultActions(models.actions(deed.path("defaultActions")))
            .tags(SdkModels.tags(deed)));
  }

  private void createRule(JsonNode deed) {
    elb.createRule(r ->
        r.listenerArn(id(deed, "listener"))
            .priority(deed.path("priority").asInt())
            .conditions(models.conditions(deed.path("conditions")))
            .actions(models.actions(deed.path("actions")))
            .tags(SdkModels.tags(deed)));
  }

  private void modifyListener(JsonNode deed) {
    elb.modifyListener(r -> {
      r.listenerArn(id(deed, "listener"));
      if (deed.has("certificates")) {
        r.certificates(certificates(deed));
      }
      if (deed.has("defaultActions")) {
        r.defaultActions(models.actions(deed.path("defaultActions")));
      }
    });
  }

  private void modifyTargetGroup(JsonNode deed) {
    var check = deed.path("healthCheck");
    elb.modifyTargetGroup(r -> {
      r.targetGroupArn(id(deed, "targetGroup"));
      optional(check, "path").ifPresent(r::healthCheckPath);
      if (check.has("intervalSeconds")) {
        r.healthCheckIntervalSeconds(check.get("intervalSeconds").asInt());
      }
    });
  }

  private void modifyLoadBalancerAttributes(JsonNode deed) {
    var pairs = SdkModels.loadBalancerAttributes(deed);
    elb.modifyLoadBalancerAttributes(
        r -> r.loadBalancerArn(id(deed, "loadBalancer")).attributes(pairs));
  }

  private void modifyTargetGroupAttributes(JsonNode deed) {
    var pairs = SdkModels.targetGroupAttributes(deed);
    elb.modifyTargetGroupAttributes(
        r -> r.targetGroupArn(id(deed, "targetGroup")).attributes(pairs));
  }

  private void modifyListenerAttributes(JsonNode deed) {
    var pairs = SdkModels.listenerAttributes(deed);
    elb.modifyListenerAttributes(r -> r.listenerArn(id(deed, "listener")).attributes(pairs));
  }

  private void addTags(JsonNode deed) {
    var resource = id(deed, "resource");
    if (resource.startsWith("sg-")) {
      ec2.createTags(r -> r.resources(resource).tags(SdkModels.ec2Tags(deed)));
    } else {
      elb.addTags(r -> r.resourceArns(resource).tags(SdkModels.tags(deed)));
    }
  }

  private void removeTags(JsonNode deed) {
    var resource = id(deed, "resource");
    var keys = texts(deed.path("keys"));
    if (resource.startsWith("sg-")) {
      var tags =
          keys.stream()
              .map(key -> software.amazon.awssdk.services.ec2.model.Tag.builder().key(key).build())
              .toList();
      ec2.deleteTags(r -> r.resources(resource).tags(tags));
    } else {
      elb.removeTags(r -> r.resourceArns(resource).tagKeys(keys));
    }
  }

  private void setPriorities(JsonNode deed) {
    var pairs = new ArrayList<RulePriorityPair>();
    for (var pair : deed.path("priorities")) {
      pairs.add(
          RulePriorityPair.builder()
              .ruleArn(names.id(text(pair, "rule")))
              .priority(pair.path("priority").asInt())
              .build());
    }
    elb.setRulePriorities(r -> r.rulePriorities(pairs));
  }

  private void deregister(String group) {
    var targets =
        elb.describeTargetHealth(r -> r.targetGroupArn(group)).targetHealthDescriptions().stream()
            .map(health ->
                TargetDescription.builder()
                    .id(health.target().id())
                    .port(health.target().port())
                    .build())
            .toList();
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(targets));
  }

  private void createSecurityGroup(JsonNode deed) {
    ec2.createSecurityGroup(r ->
        r.groupName(text(deed, "name"))
            .description(text(deed, "description"))
            .vpcId(vpc)
            .tagSpecifications(
                t -> t.resourceType("security-group").tags(SdkModels.ec2Tags(deed))));
  }

  private void subnets(JsonNode deed) {
    var world = new StoryWorld(home, vpc, deed);
    var wanted = world.subnets(deed.path("subnets"));
    var there = ec2.describeSubnets().subnets();
    there.stream()
        .map(subnet -> subnet.subnetId())
        .filter(id -> wanted.stream().noneMatch(subnet -> subnet.id().equals(id)))
        .forEach(id -> aws.remove(home.account(), home.region(), id));
    aws.put(home.account(), world.region(wanted));
  }

  private void deleteBinding(String path) {
    int slash = path.indexOf('/');
    cluster.delete(cluster.bindings(), path.substring(0, slash), path.substring(slash + 1));
  }

  private String id(JsonNode deed, String field) {
    return names.id(text(deed, field));
  }

  private List<String> ids(JsonNode deed, String field) {
    return texts(deed.path(field)).stream().map(names::id).toList();
  }

  private static List<Certificate> certificates(JsonNode deed) {
    return texts(deed.path("certificates")).stream()
        .map(arn -> Certificate.builder().certificateArn(arn).build())
        .toList();
  }
}
