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
    boolean low = settings.featureGates().getOrDefault("EnableDefaultTagsLowPriority", false);
    var tags = new TreeMap<>(low ? settings.defaultTags() : given);
    tags.putAll(low ? given : settings.defaultTags());
    return tags;
  }

  private static SortedMap<String, String> withClass(
      MemberSource source, Map<String, String> given, AnnotationReader at) {
    var tags = new TreeMap<>(given);
    List<KeyValue> byClass = source.params().map(p -> p.tags()).orElse(List.of());
    byClass.forEach(tag -> tags.put(tag.key(), tag.value()));
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
}
