package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.Tags;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/** Tags of load balancers, target groups, listeners, rules and trust stores. */
public final class ElbTags implements Operations.Family {
  private static final int ARNS_PER_CALL = 20;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  @Override
  public void register(Operations operations) {
    operations.on(AddTagsRequest.class, this::add);
    operations.on(RemoveTagsRequest.class, this::remove);
    operations.on(DescribeTagsRequest.class, this::describe);
  }

  static void check(Turn turn, List<Tag> tags) {
    var keys = tags.stream().map(Tag::key).toList();
    if (keys.stream().distinct().count() < keys.size()) {
      throw AwsError.refused("DuplicateTagKeys", "A tag key was specified more than once");
    }
    for (var tag : tags) {
      if (tag.key() == null || tag.key().isEmpty() || tag.key().length() > LONGEST_KEY) {
        throw AwsError.invalid("The tag key '" + tag.key() + "' is not valid");
      }
      if (tag.value() != null && tag.value().length() > LONGEST_VALUE) {
        throw AwsError.invalid("The value of tag '" + tag.key() + "' is too long");
      }
      if (tag.key().startsWith("aws:")) {
        throw AwsError.invalid("Tag keys cannot begin with the reserved prefix 'aws:'");
      }
    }
    checkCount(turn, tags.size());
  }

  static void put(Turn turn, String arn, List<Tag> tags) {
    var values = new LinkedHashMap<>(turn.region().tagsOf(arn).values());
    tags.forEach(tag -> values.put(tag.key(), tag.value() == null ? "" : tag.value()));
    checkCount(turn, values.size());
    if (!values.isEmpty()) {
      turn.region().tags.put(arn, new Tags(values));
    }
  }

  private static void checkCount(Turn turn, int count) {
    if (count > turn.quota(Quota.TAGS_PER_RESOURCE)) {
      throw AwsError.refused("TooManyTags", "The maximum number of tags has been reached");
    }
  }

  private SdkResponse add(Turn turn, AddTagsRequest request) {
    check(turn, request.tags());
    request.resourceArns().forEach(arn -> checkExists(turn, arn));
    request.resourceArns().forEach(arn -> put(turn, arn, request.tags()));
    return AddTagsResponse.builder().build();
  }

  private SdkResponse remove(Turn turn, RemoveTagsRequest request) {
    request.resourceArns().forEach(arn -> checkExists(turn, arn));
    for (var arn : request.resourceArns()) {
      var values = new LinkedHashMap<>(turn.region().tagsOf(arn).values());
      if (values.keySet().removeAll(request.tagKeys())) {
        turn.region().tags.put(arn, new Tags(values));
      }
    }
    return RemoveTagsResponse.builder().build();
  }

  private SdkResponse describe(Turn turn, DescribeTagsRequest request) {
    Limits.atMost("resourceArns", request.resourceArns(), ARNS_PER_CALL);
    request.resourceArns().forEach(arn -> checkExists(turn, arn));
    return DescribeTagsResponse.builder()
        .tagDescriptions(
            request.resourceArns().stream().map(arn -> description(turn, arn)).toList())
        .build();
  }

  private static TagDescription description(Turn turn, String arn) {
    return TagDescription.builder()
        .resourceArn(arn)
        .tags(
            turn.region().tagsOf(arn).values().entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  private static void checkExists(Turn turn, String arn) {
    if (arn.contains(":loadbalancer/")) {
      Find.loadBalancer(turn, arn);
    } else if (arn.contains(":targetgroup/")) {
      Find.targetGroup(turn, arn);
    } else if (arn.contains(":listener/")) {
      Find.listener(turn, arn);
    } else if (arn.contains(":listener-rule/")) {
      Find.rule(turn, arn);
    } else if (arn.contains(":truststore/")) {
      if (turn.region().trustStores.find(arn).isEmpty()) {
        throw AwsError.refused("TrustStoreNotFound", "One or more trust stores not found");
      }
    } else {
      throw AwsError.invalid("'" + arn + "' is not a valid ARN of a taggable resource");
    }
  }
}
