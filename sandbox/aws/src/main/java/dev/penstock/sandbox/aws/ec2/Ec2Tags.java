package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.InterfaceRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** EC2 tags are part of the models; creating overwrites, deleting the missing is fine. */
public final class Ec2Tags implements Operations.Family {

  @Override
  public void register(Operations operations) {
    operations.on(CreateTagsRequest.class, this::create);
    operations.on(DeleteTagsRequest.class, this::delete);
  }

  static List<Tag> of(Turn turn, List<TagSpecification> specifications, String kind) {
    return specifications.stream()
        .filter(given -> kind.equals(given.resourceTypeAsString()))
        .flatMap(given -> checked(turn, given.tags()).stream())
        .toList();
  }

  private static List<Tag> checked(Turn turn, List<Tag> tags) {
    if (tags.size() > turn.quota(Quota.TAGS_PER_RESOURCE)) {
      throw AwsError.refused("TagLimitExceeded", "The maximum number of tags has been reached");
    }
    for (var tag : tags) {
      if (tag.key() == null || tag.key().isEmpty() || tag.key().length() > 128) {
        throw AwsError.refused("InvalidParameterValue", "Tag key '" + tag.key() + "' is invalid");
      }
      if (tag.key().startsWith("aws:")) {
        throw AwsError.refused(
            "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
      }
    }
    return tags;
  }

  private SdkResponse create(Turn turn, CreateTagsRequest request) {
    checked(turn, request.tags());
    for (var id : request.resources()) {
      change(
          turn,
          id,
          tags -> {
            request
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
            return tags;
          });
    }
    return CreateTagsResponse.builder().build();
  }

  private SdkResponse delete(Turn turn, DeleteTagsRequest request) {
    for (var id : request.resources()) {
      change(
          turn,
          id,
          tags -> {
            for (var tag : request.tags()) {
              if (tag.value() == null || tag.value().equals(tags.get(tag.key()))) {
                tags.remove(tag.key());
              }
            }
            return tags;
          });
    }
    return DeleteTagsResponse.builder().build();
  }

  private static void change(Turn turn, String id, UnaryOperator<Map<String, String>> edit) {
    var region = turn.region();
    var kind = id.contains("-") ? id.substring(0, id.indexOf('-')) : id;
    switch (kind) {
      case "sg" -> {
        var group = SecurityGroups.find(turn, id);
        region.securityGroups.put(
            id, group.toBuilder().tags(edited(turn, group.tags(), edit)).build());
      }
      case "subnet" -> {
        var subnet = region.subnets.find(id).orElseThrow(() -> missing(id));
        region.subnets.put(id, subnet.toBuilder().tags(edited(turn, subnet.tags(), edit)).build());
      }
      case "vpc" -> {
        var vpc = region.vpcs.find(id).orElseThrow(() -> missing(id));
        region.vpcs.put(id, vpc.toBuilder().tags(edited(turn, vpc.tags(), edit)).build());
      }
      case "i" -> {
        var instance = region.instances.find(id).orElseThrow(() -> missing(id));
        region.instances.put(
            id, instance.toBuilder().tags(edited(turn, instance.tags(), edit)).build());
      }
      case "eni" -> {
        var row = region.interfaces.find(id).orElseThrow(() -> missing(id));
        var model = row.model();
        var changed = model.toBuilder().tagSet(edited(turn, model.tagSet(), edit)).build();
        region.interfaces.put(id, new InterfaceRow(changed, row.owner(), row.goneAt()));
      }
      case "sgr" -> {
        var rule = region.securityGroupRules.find(id).orElseThrow(() -> missing(id));
        region.securityGroupRules.put(
            id, rule.toBuilder().tags(edited(turn, rule.tags(), edit)).build());
      }
      default -> throw missing(id);
    }
  }

  private static List<Tag> edited(
      Turn turn, List<Tag> tags, UnaryOperator<Map<String, String>> edit) {
    Map<String, String> values = new LinkedHashMap<>();
    tags.forEach(tag -> values.put(tag.key(), tag.value()));
    var changed =
        edit.apply(values).entrySet().stream()
            .map(entry -> Tag.builder().key(entry.getKey()).value(entry.getValue()).build())
            .toList();
    return checked(turn, changed);
  }

  private static AwsError missing(String id) {
    return AwsError.refused("InvalidID", "The ID '" + id + "' is not valid");
  }
}
