package dev.penstock.sandbox.broker;

import dev.penstock.sandbox.broker.RegistryChange.LevelGone;
import dev.penstock.sandbox.broker.RegistryChange.LevelSet;
import dev.penstock.sandbox.broker.RegistryChange.Reference;
import dev.penstock.sandbox.broker.RegistryChange.Version;
import dev.penstock.sandbox.broker.RegistryChange.VersionGone;
import dev.penstock.sandbox.broker.RegistryFailure.Fault;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaVersionFetcher;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The rules of a Schema Registry: ids, versions, compatibility, by Confluent's own classes. A
 * change is in the log before it is visible.
 */
final class Registry {
  private final RegistryState state;
  private final Consumer<RegistryChange> log;
  private final ReentrantLock lock = new ReentrantLock();
  private final SchemaProvider avro = new AvroSchemaProvider();

  Registry(RegistryState state, Consumer<RegistryChange> log) {
    this.state = state;
    this.log = log;
    SchemaVersionFetcher fetcher = new StoredVersions();
    avro.configure(Map.of(SchemaProvider.SCHEMA_VERSION_FETCHER_CONFIG, fetcher));
  }

  /** One operation at a time sees and changes the state. */
  <T> T with(Work<T> work) throws RegistryFailure {
    lock.lock();
    try {
      return work.on(state);
    } finally {
      lock.unlock();
    }
  }

  interface Work<T> {
    T on(RegistryState state) throws RegistryFailure;
  }

  Version register(String subject, String text, List<Reference> references, boolean normalize)
      throws RegistryFailure {
    ParsedSchema parsed = parse(text, references, normalize);
    return with(s -> {
      Optional<Version> known = find(s, subject, parsed, false);
      if (known.isPresent()) {
        return known.get();
      }
      var messages = incompatibilities(s.versions(subject, false), parsed, s.level(subject));
      if (!messages.isEmpty()) {
        throw new RegistryFailure(
            Fault.INCOMPATIBLE,
            "Schema being registered is incompatible with an earlier schema for subject \""
                + subject
                + "\", details: "
                + messages);
      }
      int next = s.latest(subject, true).map(Version::version).orElse(0) + 1;
      var version =
          new Version(subject, next, id(s, parsed), parsed.canonicalString(), references, false);
      write(version);
      return version;
    });
  }

  private int id(RegistryState s, ParsedSchema parsed) {
    return s.all().filter(v -> same(v, parsed)).map(Version::id).findFirst().orElseGet(s::nextId);
  }

  Version lookUp(
      String subject, String text, List<Reference> references, boolean normalize, boolean hidden)
      throws RegistryFailure {
    ParsedSchema parsed = parse(text, references, normalize);
    return with(s -> {
      if (s.versions(subject, hidden).isEmpty()) {
        throw noSubject(subject);
      }
      return find(s, subject, parsed, hidden)
          .orElseThrow(() -> new RegistryFailure(Fault.SCHEMA_NOT_FOUND, "Schema not found"));
    });
  }

  /** {@code version}: a number, "latest", or empty for all that the level asks for. */
  List<String> testCompatibility(
      String subject, Optional<String> version, String text, List<Reference> references)
      throws RegistryFailure {
    ParsedSchema parsed = parse(text, references, false);
    return with(s -> {
      var against =
          version.isPresent()
              ? List.of(version(s, subject, version.get(), false))
              : s.versions(subject, false);
      return incompatibilities(against, parsed, s.level(subject));
    });
  }

  List<Integer> deleteSubject(String subject, boolean permanent) throws RegistryFailure {
    return with(s -> {
      List<Version> versions = s.versions(subject, permanent);
      if (versions.isEmpty()) {
        throw noSubject(subject);
      }
      if (permanent && versions.stream().anyMatch(v -> !v.deleted())) {
        throw new RegistryFailure(
            Fault.SUBJECT_NOT_HIDDEN,
            "Subject '" + subject + "' was not deleted first before being permanently deleted");
      }
      var numbers = new ArrayList<Integer>();
      for (Version v : versions) {
        delete(s, v, permanent);
        numbers.add(v.version());
      }
      return numbers;
    });
  }

  int deleteVersion(String subject, String version, boolean permanent) throws RegistryFailure {
    return with(s -> {
      Version found = version(s, subject, version, permanent);
      if (permanent && !found.deleted()) {
        throw new RegistryFailure(
            Fault.VERSION_NOT_HIDDEN,
            "Subject '"
                + subject
                + "' Version "
                + found.version()
                + " was not deleted first before being permanently deleted");
      }
      delete(s, found, permanent);
      return found.version();
    });
  }

  private void delete(RegistryState s, Version v, boolean permanent) throws RegistryFailure {
    boolean used =
        s.all()
            .filter(o -> !o.deleted())
            .flatMap(o -> o.references().stream())
            .anyMatch(r -> r.subject().equals(v.subject()) && r.version() == v.version());
    if (used) {
      throw new RegistryFailure(
          Fault.REFERENCED, "One or more references exist to the schema " + v.subject());
    }
    write(permanent ? new VersionGone(v.subject(), v.version()) : v.hidden());
  }

  void setLevel(Optional<String> subject, String level) throws RegistryFailure {
    if (CompatibilityLevel.forName(level) == null) {
      throw new RegistryFailure(
          Fault.INVALID_LEVEL,
          "Invalid compatibility level. Valid values are none, backward, forward, full,"
              + " backward_transitive, forward_transitive, and full_transitive");
    }
    with(_ -> write(new LevelSet(subject, level)));
  }

  String dropLevel(Optional<String> subject) throws RegistryFailure {
    return with(s -> {
      String before = subject.map(s::level).orElseGet(s::defaultLevel);
      write(new LevelGone(subject));
      return before;
    });
  }

  static Version version(RegistryState s, String subject, String text, boolean hidden)
      throws RegistryFailure {
    if (s.versions(subject, hidden).isEmpty()) {
      throw noSubject(subject);
    }
    Optional<Version> found =
        text.equals("latest") || text.equals("-1")
            ? s.latest(subject, hidden)
            : s.version(subject, number(text), hidden);
    return found.orElseThrow(
        () -> new RegistryFailure(Fault.VERSION_NOT_FOUND, "Version " + text + " not found."));
  }

  static RegistryFailure noSubject(String subject) {
    return new RegistryFailure(Fault.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
  }

  private static int number(String text) throws RegistryFailure {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new RegistryFailure(
          Fault.INVALID_VERSION,
          "The specified version '"
              + text
              + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the"
              + " string \"latest\"");
    }
    return Integer.parseInt(text);
  }

  private boolean write(RegistryChange change) {
    log.accept(change);
    state.apply(change);
    return true;
  }

  private ParsedSchema parse(String text, List<Reference> references, boolean normalize)
      throws RegistryFailure {
    try {
      var entity = new Schema("", 0, 0, "AVRO", entities(references), text);
      return avro.parseSchemaOrElseThrow(entity, true, normalize);
    } catch (RuntimeException e) {
      throw new RegistryFailure(Fault.INVALID_SCHEMA, "Invalid schema: " + e.getMessage());
    }
  }

  private Optional<Version> find(RegistryState s, String subject, ParsedSchema p, boolean hidden) {
    return s.versions(subject, hidden).stream().filter(v -> same(v, p)).findFirst();
  }

  private static boolean same(Version version, ParsedSchema parsed) {
    return version.schema().equals(parsed.canonicalString())
        && entities(version.references()).equals(parsed.references());
  }

  private List<String> incompatibilities(
      List<Version> versions, ParsedSchema parsed, String level) {
    List<ParsedSchemaHolder> earlier =
        versions.stream()
            .<ParsedSchemaHolder>map(v -> new SimpleParsedSchemaHolder(stored(v)))
            .toList();
    return parsed.isCompatible(Objects.requireNonNull(CompatibilityLevel.forName(level)), earlier);
  }

  private ParsedSchema stored(Version v) {
    var entity = new Schema("", 0, 0, "AVRO", entities(v.references()), v.schema());
    return avro.parseSchemaOrElseThrow(entity, false, false);
  }

  /** Where the parser finds what a schema refers to. */
  private final class StoredVersions implements SchemaVersionFetcher {
    @Override
    @SuppressWarnings("NullAway") // Confluent's contract: null for a version that is not there
    public Schema getByVersion(String subject, int version, boolean hidden) {
      lock.lock();
      try {
        return state.version(subject, version, hidden).map(Registry::entity).orElse(null);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public String tenant() {
      return "default";
    }
  }

  private static Schema entity(Version v) {
    return new Schema(
        v.subject(), v.version(), v.id(), "AVRO", entities(v.references()), v.schema());
  }

  private static List<SchemaReference> entities(List<Reference> references) {
    return references.stream()
        .map(r -> new SchemaReference(r.name(), r.subject(), r.version()))
        .toList();
  }
}
