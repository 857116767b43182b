package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.key.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What two sides of one resource differ in, in the order of {@link Aspect}. {@code touched} is the
 * part of the observed side that may be changed; {@code written} is what shall be there.
 */
record Comparison(
    Live touched, ResourceSpec written, List<Aspect> aspects, Optional<String> replacement) {

  Comparison {
    aspects = aspects.stream().sorted().toList();
  }

  Verdict verdict() {
    if (replacement.isPresent()) {
      return new Verdict.Replace(touched, written, replacement.get());
    }
    return aspects.isEmpty() ? new Verdict.InSync() : new Verdict.Update(touched, written, aspects);
  }

  /** Collects the differences of one resource. */
  static final class Collector {
    private final List<Aspect> aspects = new ArrayList<>();
    private Optional<String> replacement = Optional.empty();

    Collector aspect(Aspect aspect, boolean differs) {
      if (differs) {
        aspects.add(aspect);
      }
      return this;
    }

    /** The resource cannot change this in place. */
    Collector fixed(String what, String wanted, String found) {
      if (replacement.isEmpty() && !wanted.equals(found)) {
        replacement = Optional.of(what + " is " + shown(found) + " and shall be " + shown(wanted));
      }
      return this;
    }

    Comparison of(Live touched, ResourceSpec written) {
      return new Comparison(touched, written, aspects, replacement);
    }

    private static String shown(String value) {
      return value.isEmpty() ? "not set" : value;
    }
  }

  /** The attributes to write: what is wanted, and the defaults of what we set before. */
  static Map<String, String> attributes(
      Map<String, String> wanted, List<String> memory, Map<String, String> defaults) {
    var all = new LinkedHashMap<>(wanted);
    for (var key : Written.attributes(memory)) {
      if (!wanted.containsKey(key) && AttributeDefaults.resettable(key)) {
        AttributeDefaults.of(defaults, key).ifPresent(value -> all.put(key, value));
      }
    }
    return all;
  }

  static boolean attributesDiffer(
      Map<String, String> wanted, Map<String, String> found, Map<String, String> defaults) {
    return wanted.entrySet().stream()
        .anyMatch(e -> {
          var there = Optional.ofNullable(found.get(e.getKey()));
          return !there
              .or(() -> AttributeDefaults.of(defaults, e.getKey()))
              .equals(Optional.of(e.getValue()));
        });
  }

  /** The tags that we may change. */
  static Map<String, String> tags(ResourceKey key, Map<String, String> tags, Ownership ownership) {
    var mine = new LinkedHashMap<String, String>();
    tags.forEach((tag, value) -> {
      if (ownership.mayTouchTag(key.kind(), tag)) {
        mine.put(tag, value);
      }
    });
    return mine;
  }
}
