package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.schemas.key.Scope;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The security groups that another controller made, changed or removed by a step of a story. */
final class LeftGroups {
  private static final String CREATED = "sg-created-";

  private final AwsSimulator aws;
  private final Scope home;
  private final String vpc;
  private final Map<String, String> ids;
  private final Ec2Client ec2;
  private final SdkModels models;

  /** Ids of groups that are made are told to {@code ids}, by the story's names. */
  LeftGroups(AwsSimulator aws, Scope home, String vpc, Map<String, String> ids) {
    this.aws = aws;
    this.home = home;
    this.vpc = vpc;
    this.ids = ids;
    this.models = new SdkModels(id -> ids.getOrDefault(id, id));
    this.ec2 =
        aws.client(Ec2Client.class, Caller.of(home.account(), home.region(), "another controller"));
  }

  void make(JsonNode groups) {
    var made =
        groups.properties().stream()
            .filter(e -> e.getKey().startsWith(CREATED) && e.getValue().isObject())
            .sorted(
                Comparator.comparingInt(
                    e -> Integer.parseInt(e.getKey().substring(CREATED.length()))))
            .toList();
    groups.properties().stream()
        .filter(e -> !e.getKey().startsWith(CREATED) && !e.getValue().isObject())
        .forEach(e -> aws.remove(home.account(), home.region(), e.getKey()));
    made.forEach(e -> ids.put(e.getKey(), create(e.getValue())));
    for (var group : groups.properties()) {
      if (group.getValue().isObject()) {
        var id = ids.getOrDefault(group.getKey(), group.getKey());
        retag(id, group.getValue());
        rules(id, group.getValue());
      }
    }
  }

  private String create(JsonNode group) {
    return ec2.createSecurityGroup(r ->
            r.groupName(text(group, "name"))
                .description(text(group, "description"))
                .vpcId(vpc)
                .tagSpecifications(
                    t -> t.resourceType("security-group").tags(SdkModels.ec2Tags(group))))
        .groupId();
  }

  private void retag(String id, JsonNode group) {
    var before = ec2.describeSecurityGroups(r -> r.groupIds(id)).securityGroups().getFirst().tags();
    var after = SdkModels.ec2Tags(group);
    if (!Set.copyOf(before).equals(Set.copyOf(after))) {
      ec2.deleteTags(r -> r.resources(id).tags(before));
      ec2.createTags(r -> r.resources(id).tags(after));
    }
  }

  /** Those of a group of the inventory take the place of what it had. */
  private void rules(String id, JsonNode group) {
    var before =
        ec2.describeSecurityGroups(r -> r.groupIds(id)).securityGroups().getFirst().ipPermissions();
    if (!before.isEmpty()) {
      ec2.revokeSecurityGroupIngress(r -> r.groupId(id).ipPermissions(before));
    }
    var rules = models.permissions(group.path("ingress"));
    if (!rules.isEmpty()) {
      ec2.authorizeSecurityGroupIngress(r -> r.groupId(id).ipPermissions(rules));
    }
  }
}
