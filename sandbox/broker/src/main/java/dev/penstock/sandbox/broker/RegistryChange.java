package dev.penstock.sandbox.broker;

import java.util.List;
import java.util.Optional;

/** One record of the topic {@code _schemas}. */
sealed interface RegistryChange {
  /** A schema that another one builds on. */
  record Reference(String name, String subject, int version) {}

  /** A version was registered, or (deleted) hidden. */
  record Version(
      String subject,
      int version,
      int id,
      String schema,
      List<Reference> references,
      boolean deleted)
      implements RegistryChange {
    Version hidden() {
      return new Version(subject, version, id, schema, references, true);
    }
  }

  /** A hidden version was removed for good. */
  record VersionGone(String subject, int version) implements RegistryChange {}

  /** Confluent's registry hides all versions of a subject at once. */
  record SubjectHidden(String subject, int upTo) implements RegistryChange {}

  /** The compatibility level of a subject, or of all. */
  record LevelSet(Optional<String> subject, String level) implements RegistryChange {}

  record LevelGone(Optional<String> subject) implements RegistryChange {}
}
