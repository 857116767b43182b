package dev.penstock.sandbox.simulation.check;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.plan.policy.HoldId;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.table.HoldRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the committed log and audit trail say, read once. Times are the world's when it was written:
 * the log's own clock may be wrong.
 */
final class Heard {
  /** An attempt at a command, and in whose name it is made. */
  record Announced(Scope scope, String tenure) {}

  /** A decision that made a command. */
  record Decision(AuditEntry.Decided made, Instant at) {}

  /** What a person approved: a hold on a stack, or on one resource of it. */
  private record Approval(String holdId, String subject, Instant at) {
    boolean isOf(ResourceKey key) {
      return plain(subject).equals(plain(key.toString()));
    }

    /** Of whatever generation it is. */
    private static String plain(String key) {
      return key.replaceFirst("@\\d+$", "");
    }
  }

  private record ClaimId(ObjectKey member, String host) {}

  /** A member's word about a name, and when it was given. */
  private record Word(boolean wants, Instant at) {}

  /** What the log says of one cluster. */
  static final class Cluster {
    private String uid = "";
    private String watched = "";
    private String tenure = "";
    private Instant watchedAt = Instant.MIN;
    private ClusterMode mode = ClusterMode.SHADOW;
    private Instant modeSince = Instant.MIN;
    private boolean targetsPaused;
    private Instant fact = Instant.MIN;
    private final Map<ObjectKind, Instant> listed = new EnumMap<>(ObjectKind.class);
    private final Map<ObjectKey, Instant> gone = new HashMap<>();

    /** The UID that the cluster is known by. */
    String uid() {
      return uid;
    }

    /**
     * Whether the watcher met another cluster under this name, and nobody said that it is right.
     */
    boolean swapped() {
      return !watched.isEmpty() && !watched.equals(uid);
    }

    Instant watchedAt() {
      return watchedAt;
    }

    ClusterMode mode() {
      return mode;
    }

    /** Since when it is managed so, or was not paused any more. */
    Instant modeSince() {
      return modeSince;
    }

    /** Whether a person stopped even what is done for its targets. */
    boolean targetsPaused() {
      return targetsPaused;
    }

    /** When all objects of the kind were last known; long ago if they never were. */
    Instant listed(ObjectKind kind) {
      return listed.getOrDefault(kind, Instant.MIN);
    }

    boolean everListed() {
      return !listed.isEmpty();
    }

    /** When the log last said that the object goes or is gone. */
    Instant gone(ObjectKey key) {
      return gone.getOrDefault(key, Instant.MIN);
    }

    /** When the log last heard of any object. */
    Instant fact() {
      return fact;
    }
  }

  private final Sight sight;
  private final SortedMap<Scope, Integer> next = new TreeMap<>();
  private final Map<String, Cluster> clusters = new HashMap<>();
  private final Map<ClaimId, Word> claims = new HashMap<>();
  private final Map<String, Announced> announced = new HashMap<>();
  private final Map<String, Decision> decided = new HashMap<>();
  private final List<MemoryLog.Kept> news = new ArrayList<>();
  private final List<AuditRecord> auditNews = new ArrayList<>();
  private final Map<Scope, Instant> applierSince = new HashMap<>();
  private final Set<Approval> approvals = new HashSet<>();
  private final Map<Scope, Instant> freelyUntil = new HashMap<>();
  private long sweepMillis = Long.MAX_VALUE;
  private int certificates = Quotas.defaults().certificatesPerLoadBalancer();
  private long healthMillis = Long.MAX_VALUE;
  private int audited;

  Heard(Sight sight) {
    this.sight = sight;
    sight.fleet().scopes().forEach(scope -> next.put(scope, 0));
  }

  /** Reads what is new; {@link #news} and {@link #auditNews} then hold it until they are taken. */
  void listen() {
    for (var scope : next.keySet()) {
      for (var kept : sight.log(scope, next.get(scope))) {
        next.merge(scope, 1, Integer::sum);
        news.add(kept);
        hear(kept);
      }
    }
    for (var record : sight.audit(audited)) {
      audited++;
      auditNews.add(record);
      if (record.entry() instanceof AuditEntry.Decided made) {
        decided.put(made.commandId(), new Decision(made, sight.now()));
      } else if (record.entry() instanceof AuditEntry.HoldChanged hold && hold.released()) {
        approvals.add(new Approval(hold.holdId(), hold.subject(), sight.now()));
      }
    }
  }

  List<MemoryLog.Kept> news() {
    return news;
  }

  List<AuditRecord> auditNews() {
    return auditNews;
  }

  void taken() {
    news.clear();
    auditNews.clear();
  }

  Cluster cluster(String name) {
    return clusters.computeIfAbsent(name, _ -> new Cluster());
  }

  /** The fewest certificates beside the default one that a load balancer was ever allowed. */
  int certificates() {
    return certificates;
  }

  /** The shortest time between two sweeps that was ever set. */
  long sweepMillis() {
    return sweepMillis;
  }

  /** The shortest time between two looks at steady health that was ever set. */
  long healthMillis() {
    return healthMillis;
  }

  /** Whether by then the members of the cluster that ever claimed the name had all withdrawn it. */
  boolean withdrawn(String cluster, String host, Instant then) {
    var words =
        claims.entrySet().stream()
            .filter(it -> it.getKey().member().cluster().equals(cluster))
            .filter(it -> it.getKey().host().equals(host))
            .map(Map.Entry::getValue)
            .toList();
    return !words.isEmpty() && words.stream().noneMatch(it -> it.wants() || it.at().isAfter(then));
  }

  /** The latest announced attempt of the command. */
  Optional<Announced> announced(String commandId) {
    return Optional.ofNullable(announced.get(commandId));
  }

  /** The decision that made the command. */
  Optional<Decision> decided(String commandId) {
    return Optional.ofNullable(decided.get(commandId));
  }

  /** Whether a person approved what was held of the command's resource, or of its whole stack. */
  boolean approved(String commandId) {
    return resource(commandId)
        .filter(key ->
            approvals.stream()
                .anyMatch(it -> it.subject().equals(key.stack().toString()) || it.isOf(key)))
        .isPresent();
  }

  /** Whether a person approved since then that the command's resource is replaced. */
  boolean replacementApproved(String commandId, Instant since) {
    return resource(commandId)
        .filter(key ->
            approvals.stream()
                .filter(it -> HoldId.isOf(HoldRule.REPLACEMENT, it.holdId()))
                .anyMatch(it -> it.isOf(key) && it.at().isAfter(since)))
        .isPresent();
  }

  /** Whether replacements in the scope needed no approval at some time since then. */
  boolean replacedFreely(Scope scope, Instant since) {
    return freelyUntil.getOrDefault(scope, Instant.MIN).isAfter(since);
  }

  private Optional<ResourceKey> resource(String commandId) {
    return decided(commandId).map(decision -> decision.made().key().resource());
  }

  /** Since when the scope's applier is the one that it is. */
  Instant applierSince(Scope scope) {
    return applierSince.getOrDefault(scope, Instant.MIN);
  }

  private void hear(MemoryLog.Kept kept) {
    var time = sight.now();
    switch (kept.event().body()) {
      case CloudFact.Attempted(var id, _, var tenure, _) ->
          announced.put(id, new Announced(kept.event().scope(), tenure));
      case CloudFact.ApplyStarted _ -> applierSince.put(kept.event().scope(), time);
      case ClusterFact fact -> hear(fact, time);
      case PersonFact.ClusterModeChanged(_, var name, var mode) -> {
        cluster(name).mode = mode;
        cluster(name).modeSince = time;
      }
      case PersonFact.ScopeSettingsChanged(_, var settings, _) -> {
        sweepMillis = Math.min(sweepMillis, settings.sweepIntervalMillis());
        certificates = Math.min(certificates, settings.quotas().certificatesPerLoadBalancer());
        healthMillis = Math.min(healthMillis, settings.healthPollSteadyMillis());
        freely(kept.event().scope(), settings.replacementNeedsApproval(), time);
      }
      case PersonFact.Paused(_, PauseTarget(var kind, var name), var all)
          when kind == PauseKind.CLUSTER ->
          cluster(name).targetsPaused = all;
      case PersonFact.Resumed(_, PauseTarget(var kind, var name))
          when kind == PauseKind.CLUSTER -> {
        cluster(name).targetsPaused = false;
        cluster(name).modeSince = time;
      }
      case PersonFact.ClusterRebound(_, var name, var uid) -> {
        cluster(name).uid = uid;
        cluster(name).watchedAt = time;
      }
      case ClaimFact.Claimed(var host, _, _, var member, _, var pointing) ->
          claims.put(new ClaimId(member, host), new Word(pointing.isPresent(), time));
      case CloudFact _, PersonFact _, ScopeFact _, ClaimFact _ -> {}
    }
  }

  private void freely(Scope scope, boolean needsApproval, Instant time) {
    if (!needsApproval) {
      freelyUntil.put(scope, Instant.MAX);
    } else {
      freelyUntil.computeIfPresent(scope, (_, until) -> until.isBefore(time) ? until : time);
    }
  }

  private void hear(ClusterFact fact, Instant time) {
    var cluster = cluster(fact.cluster());
    switch (fact) {
      case ClusterFact.WatchStarted(_, var uid, var tenure) -> {
        cluster.tenure = tenure;
        cluster.watched = uid;
        cluster.watchedAt = time;
        if (cluster.uid.isEmpty()) {
          cluster.uid = uid;
        }
      }
      case ClusterFact.ObjectUpserted(var name, var tenure, var object) -> {
        cluster.fact = tenure.equals(cluster.tenure) ? time : cluster.fact;
        if (object.metadata().deleted().isPresent()) {
          cluster.gone.put(object.key(name), time);
        }
      }
      case ClusterFact.ObjectRemoved(_, var tenure, var key, _, _) -> {
        if (tenure.equals(cluster.tenure)) {
          cluster.fact = time;
          cluster.gone.put(key, time);
        }
      }
      case ClusterFact.SnapshotCompleted(_, var tenure, var counts, _) -> {
        if (tenure.equals(cluster.tenure)) {
          cluster.fact = time;
          counts.keySet().forEach(kind -> cluster.listed.put(ObjectKind.of(kind), time));
        }
      }
      case ClusterFact.Unrepresentable _,
          ClusterFact.KubernetesSettled _,
          ClusterFact.KubernetesApplyStarted _,
          ClusterFact.KubernetesAttempted _ -> {}
    }
  }
}
