package dev.penstock.watchers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.edges.kubernetes.translate.ObjectTranslator;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of one tenure, in the order in which they were seen. An object that says nothing new
 * within the tenure is not published again; what is too large for a record becomes {@code
 * Unrepresentable}. Nothing is in the log before {@link #flush}.
 */
final class Publisher {
  /** What this tenure said last of an object. */
  private record Published(Fingerprint fingerprint, String uid, boolean deletionSeen) {}

  private final Scope scope;
  private final String cluster;
  private final String tenure;
  private final Log log;
  private final int largestRecord;
  private final ObjectTranslator translator;
  private final Map<ObjectKey, Published> published = new HashMap<>();
  private final Map<ObjectKind, Integer> counts = new EnumMap<>(ObjectKind.class);
  private final List<Event> pending = new ArrayList<>();

  Publisher(ClusterRegistration registration, String tenure, Log log, int largestRecord) {
    this.scope = registration.home();
    this.cluster = registration.cluster();
    this.translator = new ObjectTranslator(registration.controller());
    this.tenure = tenure;
    this.log = log;
    this.largestRecord = largestRecord;
  }

  String cluster() {
    return cluster;
  }

  String tenure() {
    return tenure;
  }

  void started(String clusterUid) {
    add(cluster, new ClusterFact.WatchStarted(cluster, clusterUid, tenure));
  }

  /** The object as read; empty if it has no name and so cannot be spoken of. */
  Optional<KubernetesObject> upserted(ObjectKind kind, JsonNode raw) {
    var translated = translator.translate(kind, raw);
    translated.ifPresent(object -> upserted(object, Fingerprint.of(translator, kind, raw)));
    return translated;
  }

  /** The object as it was last; empty if it has no name. */
  Optional<KubernetesObject> removed(ObjectKind kind, JsonNode raw) {
    var translated = translator.translate(kind, raw);
    translated.ifPresent(object ->
        removed(
            object.key(cluster), object.metadata().uid(), object.metadata().deleted().isPresent()));
    return translated;
  }

  /** An object that was asked for by its name is not there; nobody saw it go. */
  void removedIfPublished(ObjectKey key) {
    var before = published.get(key);
    if (before != null) {
      removed(key, before.uid(), false);
    }
  }

  /** How many objects of a kind this tenure said are there. */
  int count(ObjectKind kind) {
    return counts.getOrDefault(kind, 0);
  }

  void snapshotCompleted(Map<String, Integer> counted, Map<String, String> unlisted) {
    add(cluster, new ClusterFact.SnapshotCompleted(cluster, tenure, counted, unlisted));
  }

  /**
   * Appends what is pending. After a failure nobody knows what the log holds of it: the tenure is
   * over.
   */
  void flush() throws LogFailed {
    var batch = List.copyOf(pending);
    pending.clear();
    if (batch.isEmpty()) {
      return;
    }
    try {
      log.appendAll(batch);
    } catch (LogFailed failed) {
      if (failed.fault() != LogFailed.Fault.TOO_LARGE) {
        throw failed;
      }
      for (var event : batch) {
        appendOrExcuse(event);
      }
    }
  }

  private void removed(ObjectKey key, String uid, boolean deletionSeen) {
    var before = published.remove(key);
    if (before != null) {
      counts.merge(key.kind(), -1, Integer::sum);
    }
    var seen = deletionSeen || (before != null && before.deletionSeen());
    add(key.toString(), new ClusterFact.ObjectRemoved(cluster, tenure, key, uid, seen));
  }

  private void upserted(KubernetesObject object, Fingerprint fingerprint) {
    var key = object.key(cluster);
    var deleted = object.metadata().deleted().isPresent();
    var before = published.put(key, new Published(fingerprint, object.metadata().uid(), deleted));
    if (before == null) {
      counts.merge(key.kind(), 1, Integer::sum);
    }
    if (before != null && before.fingerprint().equals(fingerprint)) {
      return;
    }
    if (fingerprint.bytes() > largestRecord) {
      add(key.toString(), unrepresentable(key, fingerprint.bytes()));
    } else {
      add(key.toString(), new ClusterFact.ObjectUpserted(cluster, tenure, object));
    }
  }

  /** The log takes less than we thought: the record that it refuses is replaced by its excuse. */
  private void appendOrExcuse(Event event) throws LogFailed {
    try {
      log.append(event);
    } catch (LogFailed failed) {
      if (failed.fault() == LogFailed.Fault.TOO_LARGE
          && event.body() instanceof ClusterFact.ObjectUpserted(_, _, var object)) {
        var bytes = Fingerprint.size(object);
        log.append(new Event(scope, event.key(), unrepresentable(object.key(cluster), bytes)));
      } else {
        throw failed;
      }
    }
  }

  private ClusterFact unrepresentable(ObjectKey key, long bytes) {
    return new ClusterFact.Unrepresentable(cluster, tenure, key, bytes);
  }

  private void add(String subject, ClusterFact fact) {
    pending.add(new Event(scope, scope + "|" + subject, fact));
  }
}
