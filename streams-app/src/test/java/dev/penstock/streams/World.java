package dev.penstock.streams;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.streams.fold.Projections;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Effects;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A log in memory, the reconciler behind it, and appliers that answer at once. Every record is
 * kept, so that the same log can be replayed.
 */
final class World {
  /** One record with its place and time. */
  record Kept(Event event, long position, Instant time) {}

  final MemoryTables tables = new MemoryTables();
  final List<Kept> log = new ArrayList<>();
  final List<Effects> effects = new ArrayList<>();
  final List<Command> commands = new ArrayList<>();
  final List<KubernetesCommand> kubernetesCommands = new ArrayList<>();

  /** How many rows the record read and wrote that took most of them. */
  int mostRows;

  final Map<String, Command> open = new LinkedHashMap<>();
  final Map<String, KubernetesCommand> openKubernetes = new LinkedHashMap<>();

  private final Deque<Event> pending = new ArrayDeque<>();
  private final Map<Scope, Long> positions = new TreeMap<>();
  private final Answers answers = new Answers();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  Instant now() {
    return now;
  }

  Answers answers() {
    return answers;
  }

  void pass(long millis) {
    now = now.plusMillis(millis);
  }

  /** Appends a record and lets the reconciler read it, and what it writes to itself. */
  void append(Scope scope, EventBody body) {
    append(new Event(scope, scope + "|test", body));
  }

  /** The same for a record under its own key. */
  void append(Event event) {
    pending.add(event);
    while (!pending.isEmpty()) {
      read(pending.poll());
    }
  }

  private void read(Event event) {
    var position = positions.merge(event.scope(), 1L, Long::sum);
    log.add(new Kept(event, position, now));
    var counted = new CountedTables(tables);
    var after = Step.step(counted, event, position, now);
    mostRows = Math.max(mostRows, counted.rows());
    effects.add(after);
    for (var entry : after.commands()) {
      entry
          .command()
          .ifPresentOrElse(
              command -> {
                commands.add(command);
                open.put(entry.scope() + "|" + entry.key(), command);
              },
              () -> open.remove(entry.scope() + "|" + entry.key()));
    }
    for (var entry : after.kubernetesCommands()) {
      entry
          .command()
          .ifPresentOrElse(
              command -> {
                kubernetesCommands.add(command);
                openKubernetes.put(entry.object().toString(), command);
              },
              () -> openKubernetes.remove(entry.object().toString()));
    }
    pending.addAll(after.events());
  }

  /** A watcher lists the cluster. */
  void list(String tenure, List<KubernetesObject> objects) {
    append(Facts.REGION, new ClusterFact.WatchStarted(Facts.CLUSTER, Facts.UID, tenure));
    var counts = new TreeMap<String, Integer>();
    for (var kind : ObjectKind.values()) {
      counts.put(kind.text(), 0);
    }
    for (var object : objects) {
      counts.merge(object.kind().text(), 1, Integer::sum);
      upsert(tenure, object);
    }
    append(
        Facts.REGION, new ClusterFact.SnapshotCompleted(Facts.CLUSTER, tenure, counts, Map.of()));
  }

  void upsert(String tenure, KubernetesObject object) {
    append(Facts.REGION, new ClusterFact.ObjectUpserted(Facts.CLUSTER, tenure, object));
  }

  /** A cluster in this mode, and appliers that are there. */
  void begin(ClusterMode mode) {
    for (var scope : List.of(Facts.REGION, Facts.DNS)) {
      append(scope, new PersonFact.ClusterRegistered("ann", Facts.registration()));
      append(scope, new CloudFact.ApplyStarted(Answers.TENURE));
    }
    mode(mode);
    append(
        Facts.REGION,
        new ClusterFact.KubernetesApplyStarted(Facts.CLUSTER, Answers.KUBERNETES_TENURE));
    settle(_ -> true);
  }

  /** Every scope that has to do with the cluster is told of its mode. */
  void mode(ClusterMode mode) {
    for (var scope : List.of(Facts.REGION, Facts.DNS)) {
      append(scope, new PersonFact.ClusterModeChanged("ann", Facts.CLUSTER, mode));
    }
  }

  /** An object of the namespace default as the reconciler knows it. */
  KubernetesObject object(ObjectKind kind, String name) {
    var key = new ObjectKey(Facts.CLUSTER, kind, "default", name);
    return tables.get(Table.OBJECTS, Facts.REGION + "|" + key).orElseThrow().object();
  }

  /** Somebody asks for the deletion of an Ingress. */
  void delete(String name) {
    var object = object(ObjectKind.INGRESS, name);
    var m = object.metadata();
    upsert("watch-1", Projections.with(object, metadata(m, m.annotations(), Optional.of(now))));
  }

  /** Its owner gives an Ingress one annotation, or another value of it. */
  void annotate(String name, String key, String value) {
    var object = object(ObjectKind.INGRESS, name);
    var annotations = new TreeMap<>(object.metadata().annotations());
    annotations.put(key, value);
    upsert("watch-1", Projections.with(object, edited(object.metadata(), annotations)));
  }

  static Metadata edited(Metadata m, Map<String, String> annotations) {
    return metadata(m, annotations, m.deleted());
  }

  private static Metadata metadata(
      Metadata m, Map<String, String> annotations, Optional<Instant> deleted) {
    return new Metadata(
        m.namespace(),
        m.name(),
        m.uid(),
        m.resourceVersion(),
        m.generation() + 1,
        m.labels(),
        annotations,
        m.finalizers(),
        m.created(),
        deleted);
  }

  /** What is in AWS but our rules on a group that is not ours. */
  Map<String, Object> left() {
    var left = new TreeMap<String, Object>(answers.resources);
    left.remove("sg-nodes");
    return left;
  }

  /** Answers open commands until none is open that the predicate lets pass. */
  void settle(Predicate<Command> which) {
    for (int round = 0; round < 2_000; round++) {
      var next = open.values().stream().filter(which).findFirst();
      if (next.isPresent()) {
        pass(10);
        answers.answer(this, next.get());
        continue;
      }
      var object = openKubernetes.values().stream().findFirst();
      if (object.isEmpty()) {
        return;
      }
      pass(10);
      answers.answer(this, object.get());
    }
    throw new AssertionError("never quiet: " + open.keySet() + openKubernetes.keySet());
  }

  /** Lets time pass in steps, with a tick and answers at each. */
  void live(long millis, long step) {
    for (long at = 0; at < millis; at += step) {
      pass(step);
      for (var scope : List.of(Facts.REGION, Facts.DNS)) {
        append(scope, new ScopeFact.Tick(now));
      }
      settle(_ -> true);
    }
  }
}
