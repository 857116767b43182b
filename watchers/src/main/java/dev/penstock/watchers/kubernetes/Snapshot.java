package dev.penstock.watchers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ObjectPage;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All objects of all kinds, listed and published a page at a time. A kind that cannot be listed is
 * unlisted with the server's words and stops nothing else; one that gets no list at all while
 * another kind does, too. A cluster that lists nothing is waited for.
 */
final class Snapshot {
  /**
   * What others refer to comes first, and endpoints early: a change of them that nobody saw counts
   * as soon as it is listed. What is read by its name is known only once its owner is.
   */
  private static final List<ObjectKind> KINDS =
      List.of(
          ObjectKind.NAMESPACE,
          ObjectKind.INGRESS_CLASS_PARAMS,
          ObjectKind.INGRESS_CLASS,
          ObjectKind.NODE,
          ObjectKind.POD,
          ObjectKind.ENDPOINT_SLICE,
          ObjectKind.SERVICE,
          ObjectKind.TARGET_GROUP_BINDING,
          ObjectKind.INGRESS);

  /** So many failures in a row may be the cluster's own; from then on it is asked about others. */
  private static final int PATIENCE = 5;

  /** How far it is. */
  sealed interface Progress {
    /** Go on after that long. */
    record More(Duration after) implements Progress {}

    record Complete() implements Progress {}

    /** The list fell apart: only a new tenure can say what is there. */
    record Lost(String why) implements Progress {}
  }

  private final KubernetesApi api;
  private final Publisher publisher;
  private final NamedObjects byName;
  private final int pageSize;
  private final Backoff backoff;
  private final ArrayDeque<ObjectKind> kinds = new ArrayDeque<>(KINDS);
  private final Map<ObjectKind, String> versions = new EnumMap<>(ObjectKind.class);
  private final Map<ObjectKind, String> unlisted = new EnumMap<>(ObjectKind.class);
  private final ArrayDeque<ObjectKey> toRead = new ArrayDeque<>();
  private String next = "";
  private int failures;

  Snapshot(
      KubernetesApi api, Publisher publisher, NamedObjects byName, int pageSize, Backoff backoff) {
    this.api = api;
    this.publisher = publisher;
    this.byName = byName;
    this.pageSize = pageSize;
    this.backoff = backoff;
  }

  /** Reads one page, or one object by its name. */
  Progress advance() throws LogFailed {
    if (!kinds.isEmpty()) {
      return list(kinds.getFirst());
    }
    if (!toRead.isEmpty()) {
      return read(toRead.getFirst());
    }
    complete();
    return new Progress.Complete();
  }

  /** Where the watch of each listed kind begins. */
  Map<ObjectKind, String> versions() {
    return versions;
  }

  Map<ObjectKind, String> unlisted() {
    return unlisted;
  }

  private Progress list(ObjectKind kind) throws LogFailed {
    ObjectPage page;
    try {
      page = api.list(kind, pageSize, next);
    } catch (KubernetesCallFailed failed) {
      failures++;
      return failed(kind, failed);
    }
    answered();
    for (var raw : page.items()) {
      publish(kind, raw);
    }
    publisher.flush();
    next = page.next();
    if (next.isEmpty()) {
      if (!unlisted.containsKey(kind)) {
        versions.put(kind, page.resourceVersion());
      }
      nextKind();
    }
    return new Progress.More(Duration.ZERO);
  }

  private void publish(ObjectKind kind, JsonNode raw) {
    publisher
        .upserted(kind, raw)
        .ifPresentOrElse(
            object -> byName.upserted(object.key(publisher.cluster()), object),
            () -> unlisted.put(kind, "the list holds an object without a name"));
  }

  private Progress read(ObjectKey key) throws LogFailed {
    try {
      publisher.upserted(key.kind(), api.get(ResourceName.of(key)));
      publisher.flush();
    } catch (KubernetesCallFailed failed) {
      failures++;
      switch (failed.fault()) {
        case NOT_FOUND -> {}
        case FORBIDDEN, TERMINATING, INVALID, EXPIRED, CONFLICT, ALREADY_EXISTS ->
            unlisted.put(key.kind(), words(failed));
        case UNAUTHORIZED, UNREACHABLE, THROTTLED -> {
          if (!unlisted.containsKey(key.kind()) && !alone(key.kind())) {
            return again(failed);
          }
          unlisted.put(key.kind(), words(failed));
        }
      }
    }
    answered();
    toRead.removeFirst();
    return new Progress.More(Duration.ZERO);
  }

  private Progress failed(ObjectKind kind, KubernetesCallFailed failed) {
    return switch (failed.fault()) {
      case FORBIDDEN, TERMINATING, NOT_FOUND, INVALID, CONFLICT, ALREADY_EXISTS ->
          leave(kind, failed);
      case EXPIRED -> new Progress.Lost("the list of " + kind.text() + " expired");
      case UNAUTHORIZED, UNREACHABLE, THROTTLED ->
          alone(kind) ? leave(kind, failed) : again(failed);
    };
  }

  private Progress leave(ObjectKind kind, KubernetesCallFailed failed) {
    unlisted.put(kind, words(failed));
    answered();
    next = "";
    nextKind();
    return new Progress.More(Duration.ZERO);
  }

  /** Whether this kind failed often and another one can be listed: one call, of each in turn. */
  private boolean alone(ObjectKind kind) {
    var others = KINDS.stream().filter(k -> k != kind && !unlisted.containsKey(k)).toList();
    if (failures < PATIENCE || others.isEmpty()) {
      return false;
    }
    try {
      api.list(others.get(failures % others.size()), 1, "");
      return true;
    } catch (KubernetesCallFailed _) {
      return false;
    }
  }

  private void answered() {
    failures = 0;
    backoff.reset();
  }

  private Progress again(KubernetesCallFailed failed) {
    var wait = backoff.next();
    var asked = failed.retryAfter();
    return new Progress.More(asked.compareTo(wait) > 0 ? asked : wait);
  }

  private void nextKind() {
    kinds.removeFirst();
    if (kinds.isEmpty()) {
      toRead.addAll(byName.named());
    }
  }

  private void complete() throws LogFailed {
    var counts = new TreeMap<String, Integer>();
    var reasons = new TreeMap<String, String>();
    for (var kind : ObjectKind.values()) {
      if (unlisted.containsKey(kind)) {
        reasons.put(kind.text(), unlisted.get(kind));
      } else {
        counts.put(kind.text(), publisher.count(kind));
      }
    }
    publisher.snapshotCompleted(counts, reasons);
    publisher.flush();
  }

  private static String words(KubernetesCallFailed failed) {
    var status = failed.answered() ? failed.httpStatus() + " " : "";
    return status + failed.reason() + ": " + failed.getMessage();
  }
}
