package dev.penstock.sandbox.kubernetes.edge;

import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ResourceType;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.edges.kubernetes.WatchSignal;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.ListQuery;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Seen;
import dev.penstock.sandbox.kubernetes.store.ExpiredException;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The watches of one client of a simulated cluster; what was read is not read again. */
final class SimulatedFeed implements WatchFeed {
  /** An open watch: where it is, and how many cuts and expiries there had been when it began. */
  private record Cursor(Kind kind, long revision, long cuts, long expiries) {}

  private final SimulatedCluster cluster;
  private final Function<ResourceType, Kind> kinds;
  private final Map<ObjectKind, Cursor> cursors = new EnumMap<>(ObjectKind.class);
  private final ArrayDeque<WatchSignal> signals = new ArrayDeque<>();

  SimulatedFeed(SimulatedCluster cluster, Function<ResourceType, Kind> kinds) {
    this.cluster = cluster;
    this.kinds = kinds;
  }

  @Override
  public void open(ObjectKind kind, String resourceVersion) {
    cursors.remove(kind);
    signals.removeIf(signal -> signal.kind() == kind);
    var type = ResourceType.of(kind);
    try {
      strike(kind, type);
      var revision = Long.parseLong(resourceVersion);
      var current = cluster.api().store().revision();
      if (revision > current) {
        throw Refusal.versionTooLarge(revision, current);
      }
      var faults = cluster.faults();
      cursors.put(kind, new Cursor(kinds.apply(type), revision, faults.cuts(), faults.expiries()));
    } catch (Refusal refusal) {
      signals.add(broken(kind, refusal));
    }
  }

  @Override
  public Optional<WatchSignal> poll() {
    if (signals.isEmpty()) {
      for (var kind : ObjectKind.values()) {
        if (cursors.containsKey(kind)) {
          read(kind, cursors.get(kind));
        }
      }
    }
    return Optional.ofNullable(signals.poll());
  }

  @Override
  public void await(Duration atMost) {}

  @Override
  public void close() {
    cursors.clear();
    signals.clear();
  }

  private void read(ObjectKind kind, Cursor cursor) {
    var faults = cluster.faults();
    if (cursor.expiries() != faults.expiries()) {
      end(kind, broken(kind, Refusal.expired("too old resource version")));
      return;
    }
    if (cursor.cuts() != faults.cuts()) {
      end(kind, new WatchSignal.Closed(kind));
      return;
    }
    try {
      var revision = cluster.api().store().revision();
      for (var seen : cluster.api().watch(cursor.kind(), ListQuery.all(), cursor.revision())) {
        if (!faults.losesEvent(cursor.kind().resource())) {
          signals.add(signal(kind, seen));
        }
      }
      cursors.put(kind, new Cursor(cursor.kind(), revision, cursor.cuts(), cursor.expiries()));
    } catch (ExpiredException _) {
      end(kind, broken(kind, Refusal.expired("too old resource version")));
    }
  }

  private void end(ObjectKind kind, WatchSignal last) {
    cursors.remove(kind);
    signals.add(last);
  }

  private void strike(ObjectKind kind, ResourceType type) {
    var resource = SimulatedApi.resource(type);
    var effect = cluster.faults().onRequest("watch", resource);
    if (effect.isEmpty()) {
      return;
    }
    switch (effect.get()) {
      case ClusterFaults.Effect.Answer answer ->
          throw ClusterFaults.refusal(answer, "watch", resource);
      case ClusterFaults.Effect.Drop _ ->
          throw Refusal.ofCode(503, "injected fault: the watch of " + kind.text() + " dropped");
      case ClusterFaults.Effect.Slow _, ClusterFaults.Effect.LoseEvent _ -> {}
    }
  }

  private static WatchSignal signal(ObjectKind kind, Seen seen) {
    return switch (seen.type()) {
      case ADDED, MODIFIED -> new WatchSignal.Changed(kind, seen.object());
      case DELETED -> new WatchSignal.Deleted(kind, seen.object());
    };
  }

  private static WatchSignal broken(ObjectKind kind, Refusal refusal) {
    var failed = KubernetesCallFailed.of(refusal.code(), refusal.status());
    return new WatchSignal.Broken(kind, failed.fault(), String.valueOf(failed.getMessage()));
  }
}
