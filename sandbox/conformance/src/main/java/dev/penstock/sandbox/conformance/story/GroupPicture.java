package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups by name or, those of the inventory, by id. */
final class GroupPicture {
  private final StoryNames names;

  GroupPicture(StoryNames names) {
    this.names = names;
  }

  ObjectNode draw() {
    var picture = MAKE.objectNode();
    for (var group : names.ec2().describeSecurityGroups().securityGroups()) {
      if (!group.groupName().equals("default")) {
        picture.set(names.of(group.groupId()), group(group));
      }
    }
    return picture;
  }

  private ObjectNode group(SecurityGroup group) {
    var node = MAKE.objectNode();
    node.put("name", group.groupName());
    if (!names.isInventory(group.groupId())) {
      node.put("description", group.description());
    }
    var rules = node.putArray("ingress");
    group.ipPermissions().forEach(permission -> rules(permission, rules));
    var tags = node.putObject("tags");
    group.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    return node;
  }

  private void rules(IpPermission permission, ArrayNode rules) {
    permission
        .ipRanges()
        .forEach(r -> rules.add(rule(permission, "cidr", r.cidrIp(), r.description())));
    permission
        .ipv6Ranges()
        .forEach(r -> rules.add(rule(permission, "cidrV6", r.cidrIpv6(), r.description())));
    permission
        .prefixListIds()
        .forEach(r -> rules.add(rule(permission, "prefixList", r.prefixListId(), r.description())));
    permission
        .userIdGroupPairs()
        .forEach(r -> rules.add(rule(permission, "group", names.of(r.groupId()), r.description())));
  }

  private static ObjectNode rule(
      IpPermission permission, String kind, String source, @Nullable String description) {
    var rule = MAKE.objectNode().put("protocol", permission.ipProtocol()).put(kind, source);
    Optional.ofNullable(permission.fromPort()).ifPresent(port -> rule.put("fromPort", port));
    Optional.ofNullable(permission.toPort()).ifPresent(port -> rule.put("toPort", port));
    Optional.ofNullable(description)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> rule.put("description", text));
    return rule;
  }
}
