package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What every check looks at: AWS, the clusters, the log. */
final class Evidence {
  /** For how long a fact may be under way from a cluster to the log. */
  static final Duration UNDER_WAY = Duration.ofSeconds(5);

  private static final String COMMAND = "penstock-command/";

  /** A write of ours that AWS carried out or refused, and what it changed. */
  record Call(RequestLog.Entry entry, List<RowChange> changes, Estate estate, Estate before) {
    /** The word after our name in the user agent, which may say more; else all of it. */
    String commandId() {
      var agent = entry.caller().userAgent();
      var named = agent.indexOf(COMMAND);
      return named < 0 ? agent : agent.substring(named + COMMAND.length()).split(" ", 2)[0];
    }

    String operation() {
      return entry.operation().name();
    }

    /** The changes of one table. */
    List<RowChange> of(String kind) {
      return changes.stream().filter(change -> change.kind().equals(kind)).toList();
    }

    @Override
    public String toString() {
      return entry.operation().name() + " of command " + commandId();
    }
  }

  private final Sight sight;
  private final Heard heard;
  private final List<ClusterEyes> clusters = new ArrayList<>();
  private final SortedMap<Scope, Estate> estates = new TreeMap<>();

  private record Known(long shape, List<Member> members) {}

  private final Map<String, Known> members = new HashMap<>();
  private final Map<String, Instant> meddled = new HashMap<>();
  private Instant faulty = Instant.MIN;

  Evidence(Sight sight) {
    this.sight = sight;
    this.heard = new Heard(sight);
    for (var site : sight.fleet().sites()) {
      var name = site.cluster().name();
      clusters.add(
          new ClusterEyes(site, sight.cluster(name), revision -> sight.changed(name, revision)));
      estates.computeIfAbsent(site.home(), home -> Estate.of(sight.aws(), home));
    }
  }

  Sight sight() {
    return sight;
  }

  Heard heard() {
    return heard;
  }

  Instant now() {
    return sight.now();
  }

  List<ClusterEyes> clusters() {
    return clusters;
  }

  Optional<ClusterEyes> cluster(String name) {
    return clusters.stream().filter(eyes -> eyes.name().equals(name)).findFirst();
  }

  Iterable<Estate> estates() {
    return estates.values();
  }

  /** What AWS keeps where the cluster's things are. */
  Estate home(ClusterEyes cluster) {
    return Objects.requireNonNull(estates.get(cluster.site().home()));
  }

  /** Looks at everything that is new. */
  void look() {
    clusters.forEach(eyes -> eyes.look(now()));
    heard.listen();
    if (!sight.aws().faults().rules().isEmpty()) {
      faulty = now();
    }
  }

  /** The Ingresses of the cluster that are ours, in the order in which they answer. */
  List<Member> members(ClusterEyes cluster) {
    var known = members.get(cluster.name());
    if (known == null || known.shape() != cluster.shape()) {
      known = new Known(cluster.shape(), MemberReader.read(cluster));
      members.put(cluster.name(), known);
    }
    return known.members();
  }

  /** Whether what came to be with that change is there now, wherever that is. */
  boolean stands(RowChange made) {
    return estates.values().stream().anyMatch(estate -> estate.has(made.kind(), made.key()));
  }

  /** Somebody else's call. */
  void meddle(List<RowChange> changes) {
    changes.forEach(change -> meddled.put(change.key(), now()));
    changes.stream()
        .filter(change -> change.kind().equals(Estate.TARGETS))
        .forEach(
            change -> meddled.put(change.key().substring(0, change.key().indexOf('|')), now()));
  }

  /** When somebody else last changed the resource, or a target of the group. */
  Instant meddled(String key) {
    return meddled.getOrDefault(key, Instant.MIN);
  }

  /** When AWS last was told to fail. */
  Instant faulty() {
    return faulty;
  }

  /** Where the call was made; for a call on names, any Region of the account. */
  Call call(RequestLog.Entry entry, List<RowChange> changes) {
    var estate =
        estates.values().stream()
            .filter(e -> e.home().account().equals(entry.caller().account()))
            .filter(e ->
                e.home().region().equals(entry.caller().region())
                    || entry.operation().service().global())
            .findFirst()
            .orElseGet(() ->
                Estate.of(
                    sight.aws(), new Scope(entry.caller().account(), entry.caller().region())));
    return new Call(entry, changes, estate, estate.before(changes));
  }

  /** When the command was decided; what came later it could not know. */
  Instant decided(Call call) {
    return heard.decided(call.commandId()).map(Heard.Decision::at).orElse(call.entry().at());
  }

  /** Before which moment everything was known to whoever decided the command. */
  Instant known(Call call) {
    return decided(call).minus(UNDER_WAY);
  }

  /** Whether the thing of that cluster is ours by its mark. */
  boolean managed(String cluster) {
    return !cluster.isEmpty() && cluster(cluster).isPresent();
  }
}
