package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.ClusterFact.ObjectRemoved;
import dev.penstock.schemas.event.ClusterFact.ObjectUpserted;
import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.event.ClusterFact.Unrepresentable;
import dev.penstock.schemas.event.ClusterFact.WatchStarted;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log in memory that can fail, and what a reader concludes from it by design §4. */
final class RecordingLog implements Log {
  final List<Event> events = new CopyOnWriteArrayList<>();
  int failures;
  String refusedAsTooLarge = "";

  @Override
  public Appended append(Event event) throws LogFailed {
    if (failures > 0) {
      failures--;
      throw new LogFailed(LogFailed.Fault.UNREACHABLE, "no broker");
    }
    if (event.body() instanceof ObjectUpserted(_, _, var object)
        && object.metadata().name().equals(refusedAsTooLarge)) {
      throw new LogFailed(LogFailed.Fault.TOO_LARGE, "too large");
    }
    events.add(event);
    return new Appended(events.size(), Instant.EPOCH);
  }

  @Override
  public List<Appended> appendAll(List<Event> batch) throws LogFailed {
    var appended = new ArrayList<Appended>();
    for (var event : batch) {
      appended.add(append(event));
    }
    return appended;
  }

  /** The facts in short words, in order. */
  List<String> facts() {
    return events.stream().map(event -> words((ClusterFact) event.body())).toList();
  }

  List<String> tenures() {
    return events.stream()
        .map(Event::body)
        .filter(WatchStarted.class::isInstance)
        .map(body -> ((WatchStarted) body).tenure())
        .toList();
  }

  <T> List<T> all(Class<T> type) {
    return events.stream().map(Event::body).filter(type::isInstance).map(type::cast).toList();
  }

  /** The objects that a reader of the whole log knows, as {@code Kind/namespace/name@version}. */
  List<String> concluded() {
    var tenure = "";
    var rows = new TreeMap<ObjectKey, Map.Entry<String, String>>();
    for (var event : events) {
      switch ((ClusterFact) event.body()) {
        case WatchStarted(_, _, var id) -> tenure = id;
        case ObjectUpserted(var cluster, var id, var object) -> {
          if (id.equals(tenure)) {
            var version = object.metadata().resourceVersion();
            rows.put(object.key(cluster), Map.entry(id, version));
          }
        }
        case ObjectRemoved(_, var id, var key, _, _) -> {
          if (id.equals(tenure)) {
            rows.remove(key);
          }
        }
        case SnapshotCompleted(_, var id, var counts, _) -> {
          if (id.equals(tenure)) {
            complete(rows, id, counts);
          }
        }
        case Unrepresentable(_, var id, var key, _) -> {
          if (id.equals(tenure)) {
            rows.put(key, Map.entry(id, "unrepresentable"));
          }
        }
        case ClusterFact.KubernetesSettled _,
            ClusterFact.KubernetesApplyStarted _,
            ClusterFact.KubernetesAttempted _ ->
            throw new IllegalStateException("a watcher says nothing of commands");
      }
    }
    return rows.entrySet().stream()
        .map(row ->
            row.getKey().kind().text()
                + "/"
                + row.getKey().namespace()
                + "/"
                + row.getKey().name()
                + "@"
                + row.getValue().getValue())
        .sorted()
        .toList();
  }

  private static void complete(
      TreeMap<ObjectKey, Map.Entry<String, String>> rows,
      String tenure,
      Map<String, Integer> counts) {
    counts.forEach((kind, count) -> {
      var confirmed =
          rows.entrySet().stream()
              .filter(row -> row.getKey().kind().text().equals(kind))
              .filter(row -> row.getValue().getKey().equals(tenure))
              .count();
      if (confirmed != count) {
        throw new IllegalStateException(kind + ": " + confirmed + " confirmed of " + count);
      }
      rows.entrySet()
          .removeIf(row ->
              row.getKey().kind().text().equals(kind) && !row.getValue().getKey().equals(tenure));
    });
  }

  private static String words(ClusterFact fact) {
    return switch (fact) {
      case WatchStarted(_, var uid, _) -> "started " + uid;
      case ObjectUpserted(_, _, var object) ->
          "upserted " + object.kind().text() + " " + object.metadata().name();
      case ObjectRemoved(_, _, var key, var uid, var seen) ->
          "removed " + key.kind().text() + " " + key.name() + " " + uid + (seen ? " seen" : "");
      case SnapshotCompleted(_, _, _, var unlisted) -> "completed, unlisted " + unlisted.keySet();
      case Unrepresentable(_, _, var key, _) -> "unrepresentable " + key.name();
      case ClusterFact.KubernetesSettled _,
          ClusterFact.KubernetesApplyStarted _,
          ClusterFact.KubernetesAttempted _ ->
          "not a watcher's";
    };
  }
}
