package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.ZoneRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.route53.model.ChangeTagsForResourceRequest;
import software.amazon.awssdk.services.route53.model.ChangeTagsForResourceResponse;
import software.amazon.awssdk.services.route53.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.route53.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.route53.model.ListTagsForResourcesRequest;
import software.amazon.awssdk.services.route53.model.ListTagsForResourcesResponse;
import software.amazon.awssdk.services.route53.model.ResourceTagSet;
import software.amazon.awssdk.services.route53.model.Tag;

/** Tags of hosted zones, at most ten at a time. */
public final class ZoneTags implements Operations.Family {
  private static final int AT_A_TIME = 10;

  @Override
  public void register(Operations operations) {
    operations.on(ListTagsForResourceRequest.class, this::list);
    operations.on(ListTagsForResourcesRequest.class, this::listMany);
    operations.on(ChangeTagsForResourceRequest.class, this::change);
  }

  private SdkResponse list(Turn turn, ListTagsForResourceRequest request) {
    checkType(request.resourceTypeAsString());
    return ListTagsForResourceResponse.builder()
        .resourceTagSet(tagSet(turn, request.resourceId()))
        .build();
  }

  private SdkResponse listMany(Turn turn, ListTagsForResourcesRequest request) {
    checkType(request.resourceTypeAsString());
    if (request.resourceIds().isEmpty() || request.resourceIds().size() > AT_A_TIME) {
      throw AwsError.refused("InvalidInput", "1 to 10 resource ids must be specified");
    }
    return ListTagsForResourcesResponse.builder()
        .resourceTagSets(request.resourceIds().stream().map(id -> tagSet(turn, id)).toList())
        .build();
  }

  private SdkResponse change(Turn turn, ChangeTagsForResourceRequest request) {
    checkType(request.resourceTypeAsString());
    if (request.addTags().size() > AT_A_TIME || request.removeTagKeys().size() > AT_A_TIME) {
      throw AwsError.refused("InvalidInput", "At most 10 tags can be added and removed");
    }
    var row = Zones.find(turn, request.resourceId());
    var tags = new LinkedHashMap<>(row.tags());
    request.removeTagKeys().forEach(tags::remove);
    request.addTags().forEach(tag -> tags.put(tag.key(), tag.value()));
    turn.account()
        .zones
        .put(Zones.bare(row.model().id()), new ZoneRow(row.model(), row.networks(), tags));
    return ChangeTagsForResourceResponse.builder().build();
  }

  private static ResourceTagSet tagSet(Turn turn, String id) {
    var row = Zones.find(turn, id);
    List<Tag> tags =
        row.tags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return ResourceTagSet.builder()
        .resourceType("hostedzone")
        .resourceId(Zones.bare(id))
        .tags(tags)
        .build();
  }

  private static void checkType(String type) {
    if (!"hostedzone".equals(type)) {
      throw AwsError.refused("InvalidInput", "Resource type '" + type + "' has no tags here");
    }
  }
}
