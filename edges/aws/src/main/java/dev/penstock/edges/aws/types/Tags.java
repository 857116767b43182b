package dev.penstock.edges.aws.types;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Tags as sorted maps. */
public final class Tags {
  private Tags() {}

  public static List<Tag> elb(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  public static Map<String, String> ofElb(Collection<Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }

  public static List<software.amazon.awssdk.services.ec2.model.Tag> ec2(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag ->
                software.amazon.awssdk.services.ec2.model.Tag.builder()
                    .key(tag.getKey())
                    .value(tag.getValue())
                    .build())
            .toList();
  }

  public static Map<String, String> ofEc2(
      Collection<software.amazon.awssdk.services.ec2.model.Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }
}
