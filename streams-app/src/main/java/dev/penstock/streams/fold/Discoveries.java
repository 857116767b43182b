package dev.penstock.streams.fold;

import dev.penstock.plan.Written;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ScanRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.ClusterNames;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What scans of AWS find and what they prove to be missing. Ownership is read from LBC's tracking
 * tags (LBC 4.4); what carries another cluster's name is not ours to know. What is known by its id
 * and carries our tags no more is not missing for that: it is asked for by its id.
 */
final class Discoveries {
  private static final String SHARED_TAG = "elbv2.k8s.aws/resource";
  private static final String UNREADABLE =
      "its tags name no stack that there can be, it is left alone: correct or remove them";
  private static final String COPY =
      ", which is the one in use, it is left alone: remove the tags, or delete it";
  private static final List<ResourceKind> STACKED =
      List.of(
          ResourceKind.LOAD_BALANCER,
          ResourceKind.TARGET_GROUP,
          ResourceKind.SECURITY_GROUP,
          ResourceKind.LISTENER,
          ResourceKind.LISTENER_RULE);

  static final String CLUSTERS = "cluster|";

  private Discoveries() {}

  /**
   * A scan answers less than a read: what it finds for the first time is read in full, with its
   * stack, before anything is concluded; where it shows nothing new it does not count, since it
   * would outrank the full answer of a read that began before it.
   */
  static void found(
      Turn turn, Live live, Map<String, String> tags, List<Aspect> aspects, Horizon horizon) {
    if (live instanceof Live.LiveListenerRule rule) {
      FoundRules.found(turn, rule, aspects, horizon);
      return;
    }
    var key = key(turn, live, tags);
    if (key.isEmpty()) {
      return;
    }
    if (!isReadable(key.get())) {
      leftAlone(turn, live, UNREADABLE, horizon);
      return;
    }
    var known = turn.get(Table.OBSERVED, key.get().toString()).flatMap(Observed::live);
    var same = known.filter(k -> k.id().equals(live.id()));
    if (same.isPresent()) {
      if (!Aspects.merge(same.get(), live, aspects).equals(same.get())) {
        Observations.present(turn, key.get(), live, aspects, horizon);
      }
    } else if (known.isEmpty()) {
      Observed.put(
          turn,
          key.get(),
          new ObservedRow.Unknown("found by a scan and not read yet"),
          horizon.position(),
          Instant.EPOCH);
      var row = turn.get(Table.OBSERVED, key.get().toString()).orElseThrow();
      Observed.remember(turn, key.get(), Written.found(row.lastWritten(), live.id()));
      Timers.setBy(turn, TimerKind.OBSERVE, "stack|" + key.get().stack(), turn.now());
    } else if (Observations.counts(turn, key.get(), horizon)) {
      leftAlone(turn, live, "its tags are those of " + known.get().id() + COPY, horizon);
    }
  }

  /** Tags are anybody's: one with a bar names what would be another key when it is read back. */
  private static boolean isReadable(ResourceKey key) {
    try {
      return ResourceKey.parse(key.toString()).equals(key);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** People are told once. */
  private static void leftAlone(Turn turn, Live live, String why, Horizon horizon) {
    if (!Shown.ever(turn, live.id())) {
      turn.alarm(live.id(), why);
    }
    Shown.mark(turn, live.id(), horizon);
  }

  /** A whole stack was read: what its answer leaves out is missing. */
  static void stackRead(Turn turn, StackId stack, List<Observation> observations, Horizon horizon) {
    var named = new HashSet<String>();
    for (var observation : observations) {
      if (observation instanceof Observation.ResourcePresent(var key, _, _)) {
        named.add(key.toString());
      } else if (observation instanceof Observation.ResourceFound(var live, _, _)) {
        Observed.byId(turn, live.id()).ifPresent(key -> named.add(key.toString()));
      }
    }
    for (var entry : turn.scan(Table.OBSERVED, stack + "|")) {
      var key = ResourceKey.parse(entry.key());
      if (STACKED.contains(key.kind()) && !named.contains(entry.key())) {
        Observations.missing(turn, key, horizon);
      }
    }
    var there =
        observations.stream()
            .flatMap(o ->
                o instanceof Observation.ResourcePresent(_, var live, _)
                    ? Stream.of(live.id())
                    : Stream.empty())
            .toList();
    Cascades.unguarded(turn, stack, there, horizon);
  }

  private static Optional<ResourceKey> key(Turn turn, Live live, Map<String, String> tags) {
    var known = Observed.byId(turn, live.id());
    if (known.isPresent()) {
      return known;
    }
    return StackTags.cluster(tags)
        .flatMap(name -> ClusterNames.cluster(turn, name))
        .flatMap(cluster -> kind(live).flatMap(kind -> tagged(cluster, kind, tags)));
  }

  private static Optional<ResourceKey> tagged(
      String cluster, ResourceKind kind, Map<String, String> tags) {
    var shared = tags.get(SHARED_TAG);
    if (shared != null) {
      return Optional.of(new ResourceKey(new StackId(cluster, StackKind.SHARED, ""), kind, shared));
    }
    return stack(cluster, StackKind.INGRESS, kind, tags, "ingress.k8s.aws")
        .or(() -> stack(cluster, StackKind.SERVICE, kind, tags, "service.k8s.aws"));
  }

  private static Optional<ResourceKey> stack(
      String cluster,
      StackKind stackKind,
      ResourceKind kind,
      Map<String, String> tags,
      String prefix) {
    var stack = tags.get(prefix + "/stack");
    var resource = tags.get(prefix + "/resource");
    return stack == null || resource == null
        ? Optional.empty()
        : Optional.of(new ResourceKey(new StackId(cluster, stackKind, stack), kind, resource));
  }

  private static Optional<ResourceKind> kind(Live live) {
    return switch (live) {
      case Live.LiveLoadBalancer _ -> Optional.of(ResourceKind.LOAD_BALANCER);
      case Live.LiveTargetGroup _ -> Optional.of(ResourceKind.TARGET_GROUP);
      case Live.LiveSecurityGroup _ -> Optional.of(ResourceKind.SECURITY_GROUP);
      case Live.LiveCertificate _ -> Optional.of(ResourceKind.CERTIFICATE);
      case Live.LiveListener _,
          Live.LiveListenerRule _,
          Live.LiveSecurityGroupRules _,
          Live.LiveProtection _,
          Live.LiveRecordName _ ->
          Optional.empty();
    };
  }

  /** These carry the tags of these clusters; at the end of the scan nothing else does. */
  static void scanned(
      Turn turn, List<String> names, List<String> ids, boolean complete, Horizon horizon) {
    ids.stream()
        .filter(id -> Observed.byId(turn, id).isPresent())
        .forEach(id -> Shown.mark(turn, id, horizon));
    if (complete) {
      ClusterNames.covered(turn, names).forEach(cluster -> scanned(turn, cluster, horizon));
    }
  }

  private static void scanned(Turn turn, String cluster, Horizon horizon) {
    var first = turn.get(Table.SCANS, scanKey(cluster)).isEmpty();
    turn.put(Table.SCANS, scanKey(cluster), new ScanRow(horizon.position(), horizon.at()));
    Pages.absent(turn, scanKey(cluster));
    if (first) {
      Refreshes.cluster(turn, cluster, "what AWS holds of the cluster is known");
    }
  }

  /** The last whole scan may have left the resource out. */
  static void absent(Turn turn, String cluster, ResourceKey key) {
    var end = turn.get(Table.SCANS, scanKey(cluster)).map(Shown::end);
    var live = turn.get(Table.OBSERVED, key.toString()).flatMap(Observed::live);
    if (end.isPresent()
        && live.filter(l -> !Shown.by(turn, l.id(), end.get())).isPresent()
        && Observed.TAGGED.contains(key.kind())
        && key.stack().kind() != StackKind.BINDING) {
      untagged(turn, key, end.get());
    }
  }

  /** It is gone, or it lost its tags. */
  private static void untagged(Turn turn, ResourceKey key, Horizon horizon) {
    if (Observations.counts(turn, key, horizon)) {
      var shared = key.stack().kind() == StackKind.SHARED;
      var subject = shared ? key.toString() : "stack|" + key.stack();
      Timers.setBy(turn, TimerKind.OBSERVE, subject, turn.now());
    }
  }

  static String scanKey(String cluster) {
    return CLUSTERS + cluster;
  }
}
