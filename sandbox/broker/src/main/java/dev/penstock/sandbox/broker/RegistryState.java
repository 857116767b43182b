package dev.penstock.sandbox.broker;

import dev.penstock.sandbox.broker.RegistryChange.LevelGone;
import dev.penstock.sandbox.broker.RegistryChange.LevelSet;
import dev.penstock.sandbox.broker.RegistryChange.SubjectHidden;
import dev.penstock.sandbox.broker.RegistryChange.Version;
import dev.penstock.sandbox.broker.RegistryChange.VersionGone;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the records of {@code _schemas} add up to. Not safe for use by several threads. */
final class RegistryState {
  private final SortedMap<String, SortedMap<Integer, Version>> subjects = new TreeMap<>();
  private final Map<String, String> levels = new TreeMap<>();
  private String defaultLevel = "FULL_TRANSITIVE";
  private int lastId;

  void apply(RegistryChange change) {
    switch (change) {
      case Version v -> {
        subjects.computeIfAbsent(v.subject(), _ -> new TreeMap<>()).put(v.version(), v);
        lastId = Math.max(lastId, v.id());
      }
      case VersionGone(var subject, var version) -> remove(subject, version);
      case SubjectHidden(var subject, var upTo) ->
          subjects
              .getOrDefault(subject, new TreeMap<>())
              .replaceAll((n, v) -> n <= upTo ? v.hidden() : v);
      case LevelSet(var subject, var level) ->
          subject.ifPresentOrElse(s -> levels.put(s, level), () -> defaultLevel = level);
      case LevelGone(var subject) ->
          subject.ifPresentOrElse(levels::remove, () -> defaultLevel = "FULL_TRANSITIVE");
    }
  }

  private void remove(String subject, int version) {
    var versions = subjects.get(subject);
    if (versions != null) {
      versions.remove(version);
      if (versions.isEmpty()) {
        subjects.remove(subject);
      }
    }
  }

  List<String> subjects(String prefix, boolean hiddenToo) {
    return subjects.keySet().stream()
        .filter(s -> s.startsWith(prefix) && !versions(s, hiddenToo).isEmpty())
        .toList();
  }

  List<Version> versions(String subject, boolean hiddenToo) {
    return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
        .filter(v -> hiddenToo || !v.deleted())
        .toList();
  }

  Optional<Version> version(String subject, int version, boolean hiddenToo) {
    return versions(subject, hiddenToo).stream().filter(v -> v.version() == version).findFirst();
  }

  Optional<Version> latest(String subject, boolean hiddenToo) {
    return versions(subject, hiddenToo).stream().max(Comparator.comparing(Version::version));
  }

  /** Every version that has the id, in the order of subjects; hidden ones stay readable. */
  List<Version> withId(int id) {
    return all().filter(v -> v.id() == id).toList();
  }

  Stream<Version> all() {
    return subjects.values().stream().flatMap(s -> s.values().stream());
  }

  int nextId() {
    return lastId + 1;
  }

  int lastId() {
    return lastId;
  }

  String level(String subject) {
    return levels.getOrDefault(subject, defaultLevel);
  }

  Optional<String> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  String defaultLevel() {
    return defaultLevel;
  }
}
