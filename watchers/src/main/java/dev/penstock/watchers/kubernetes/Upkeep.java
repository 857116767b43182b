package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a tenure looks at from time to time: whether the cluster is still the same, whether kinds
 * that could not be listed can be now, and the objects that others name. At most one call of each
 * sort a run.
 */
final class Upkeep {
  private final KubernetesApi api;
  private final String clusterUid;
  private final Map<ObjectKind, String> unlisted;
  private final WatcherSettings settings;
  private final Map<ObjectKey, Instant> polls = new TreeMap<>();
  private final ArrayDeque<ObjectKind> probes = new ArrayDeque<>();
  private String page = "";
  private Instant nextPulse;
  private Instant nextProbe;

  Upkeep(
      KubernetesApi api,
      String clusterUid,
      Map<ObjectKind, String> unlisted,
      WatcherSettings settings,
      Instant now) {
    this.api = api;
    this.clusterUid = clusterUid;
    this.unlisted = unlisted;
    this.settings = settings;
    this.nextPulse = now.plus(settings.pulse());
    this.nextProbe = unlisted.isEmpty() ? Instant.MAX : now.plus(settings.unlistedRetry());
  }

  /** Why the tenure is over, if it is. */
  Optional<String> run(Instant now, Publisher publisher, NamedObjects byName) throws LogFailed {
    pollNamed(now, publisher, byName);
    publisher.flush();
    if (!now.isBefore(nextPulse)) {
      nextPulse = now.plus(settings.pulse());
      if (swapped()) {
        return Optional.of("another cluster answers under this name");
      }
    }
    if (!now.isBefore(nextProbe)) {
      return listable(now);
    }
    return Optional.empty();
  }

  /** When {@link #run} has something to do. */
  Instant next(NamedObjects byName) {
    var next = nextPulse.isBefore(nextProbe) ? nextPulse : nextProbe;
    for (var key : byName.named()) {
      var poll = polls.getOrDefault(key, Instant.MIN);
      next = poll.isBefore(next) ? poll : next;
    }
    return next;
  }

  /** No answer says nothing; the call itself finds a connection that the network has forgotten. */
  private boolean swapped() {
    try {
      return !api.clusterUid().equals(clusterUid);
    } catch (KubernetesCallFailed _) {
      return false;
    }
  }

  /** A kind is listed to its end before a new tenure begins: that lists everything. */
  private Optional<String> listable(Instant now) {
    if (probes.isEmpty()) {
      unlisted.keySet().stream()
          .filter(kind -> !NamedObjects.KINDS.contains(kind))
          .forEach(probes::add);
    }
    var kind = probes.peek();
    if (kind == null) {
      nextProbe = Instant.MAX;
      return Optional.empty();
    }
    nextProbe = now;
    try {
      page = api.list(kind, settings.pageSize(), page).next();
      if (page.isEmpty()) {
        return Optional.of(kind.text() + " can be listed now");
      }
    } catch (KubernetesCallFailed _) {
      // Still unlisted, for the reason that the snapshot gave.
      page = "";
      probes.remove();
      if (probes.isEmpty()) {
        nextProbe = now.plus(settings.unlistedRetry());
      }
    }
    return Optional.empty();
  }

  private void pollNamed(Instant now, Publisher publisher, NamedObjects byName) {
    var named = byName.named();
    polls.keySet().retainAll(named);
    for (var key : named) {
      if (!now.isBefore(polls.getOrDefault(key, Instant.MIN))) {
        polls.put(key, now.plus(settings.secretPoll()));
        poll(key, publisher);
        return;
      }
    }
  }

  private void poll(ObjectKey key, Publisher publisher) {
    try {
      publisher.upserted(key.kind(), api.get(ResourceName.of(key)));
    } catch (KubernetesCallFailed failed) {
      if (failed.fault() == KubernetesFault.NOT_FOUND) {
        publisher.removedIfPublished(key);
      }
    }
  }
}
