package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.TAGS;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.schemas.kubernetes.KeyValue;
import dev.penstock.schemas.settings.ControllerSettings;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which tags users give to a resource: default tags, class, Service, Ingress (LBC 4.4). */
final class TagRules {
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private TagRules() {}

  /** The tags that a member asks for, without the cluster's default tags. */
  static SortedMap<String, String> ofMember(MemberSource source) {
    return withClass(source, source.annotations().map(TAGS.key()), source.annotations());
  }

  /** The tags of a target group: those of the Service win over those of the Ingress. */
  static SortedMap<String, String> ofTargetGroup(MemberSource source, AnnotationReader service) {
    var tags = new TreeMap<>(source.annotations().map(TAGS.key()));
    tags.putAll(service.map(TAGS.key()));
    return withDefaults(source.settings(), withClass(source, tags, service));
  }

  /** Default tags win, unless the gate {@code EnableDefaultTagsLowPriority} turns that round. */
  static SortedMap<String, String> withDefaults(
      ControllerSettings settings, Map<String, String> given) {
    boolean low = settings.gate("EnableDefaultTagsLowPriority", false);
    var tags = new TreeMap<>(low ? settings.defaultTags() : given);
    tags.putAll(low ? given : settings.defaultTags());
    return tags;
  }

  private static SortedMap<String, String> withClass(
      MemberSource source, Map<String, String> given, AnnotationReader at) {
    var tags = new TreeMap<>(given);
    List<KeyValue> byClass = source.params().map(p -> p.tags()).orElse(List.of());
    byClass.forEach(tag -> tags.put(tag.key(), tag.value()));
    tags.forEach((key, value) -> check(at, TAGS, key, value));
    for (String key : source.settings().externalManagedTags()) {
      if (tags.containsKey(key)) {
        at.problems()
            .error(
                AnnotationReader.INVALID,
                at.key(TAGS.key()) + ": tag \"" + key + "\" is managed outside and cannot be set");
      }
    }
    return tags;
  }

  /** What AWS takes as a tag (AWS API 2.1). */
  static void check(AnnotationReader at, Annotation annotation, String key, String value) {
    if (key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
      at.problems()
          .error(
              AnnotationReader.INVALID,
              "%s: tag \"%s\" has %d characters and its value %d, at most %d and %d are allowed"
                  .formatted(
                      at.key(annotation.key()),
                      shown(key),
                      key.length(),
                      value.length(),
                      LONGEST_KEY,
                      LONGEST_VALUE));
    }
  }

  private static String shown(String key) {
    return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY) + "…";
  }
}
