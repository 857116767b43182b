package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.ListQuery;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Seen;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.ExpiredException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One open watch: from a revision on, every event that its query sees, until it is cut, expires or
 * its time is over.
 */
final class Watching {
  private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(10);
  private static final int DEFAULT_TIMEOUT_SECONDS = 1800;

  private final LiveCluster live;
  private final Kind kind;
  private final ListQuery query;
  private final UnaryOperator<ObjectNode> shape;
  private final boolean bookmarks;
  private final Instant end;
  private final long cuts;
  private final long expiries;
  private final List<Seen> first = new ArrayList<>();
  private final boolean announceStart;
  private long cursor;

  private record Batch(List<Seen> events, long revision, long cuts, long expiries) {}

  /** Prepares the watch within a turn, so that a refusal can still be a plain answer. */
  Watching(
      LiveCluster live,
      SimulatedCluster cluster,
      Kind kind,
      ListQuery query,
      Request request,
      UnaryOperator<ObjectNode> shape) {
    this.live = live;
    this.kind = kind;
    this.query = query;
    this.shape = shape;
    this.bookmarks = request.flag("allowWatchBookmarks");
    var seconds = request.number("timeoutSeconds", DEFAULT_TIMEOUT_SECONDS);
    this.end = live.clock().instant().plusSeconds(seconds);
    this.cuts = cluster.faults().cuts();
    this.expiries = cluster.faults().expiries();
    this.announceStart = request.flag("sendInitialEvents");
    start(cluster, request.param("resourceVersion"));
  }

  private void start(SimulatedCluster cluster, String from) {
    var store = cluster.api().store();
    boolean whole = from.isEmpty() || from.equals("0") || announceStart;
    if (whole) {
      cursor = store.revision();
      cluster
          .api()
          .list(kind, query)
          .items()
          .forEach(o -> first.add(new Seen(Seen.Type.ADDED, o, cursor)));
      return;
    }
    try {
      cursor = Long.parseLong(from);
    } catch (NumberFormatException _) {
      throw Refusal.badRequest("invalid resource version \"" + from + "\"");
    }
    if (cursor > store.revision()) {
      throw Refusal.versionTooLarge(cursor, store.revision());
    }
    if (cursor < store.oldest()) {
      throw Refusal.expired("too old resource version: %s (%d)".formatted(from, store.oldest()));
    }
  }

  void stream(OutputStream out) throws IOException, InterruptedException {
    for (var seen : first) {
      write(out, seen.type().name(), shape.apply(seen.object()));
    }
    if (announceStart) {
      bookmark(out, true);
    }
    out.flush();
    while (live.clock().instant().isBefore(end)) {
      var batch = live.turn(this::next);
      if (batch.expiries() != expiries) {
        write(out, "ERROR", Refusal.expired("too old resource version: " + cursor).status());
        return;
      }
      if (batch.cuts() != cuts) {
        return;
      }
      for (var seen : batch.events()) {
        write(out, seen.type().name(), shape.apply(seen.object()));
      }
      cursor = batch.revision();
      out.flush();
      rest(out);
    }
  }

  private Batch next(SimulatedCluster cluster) {
    var faults = cluster.faults();
    try {
      var events =
          faults.cuts() == cuts
              ? cluster.api().watch(kind, query, cursor).stream()
                  .filter(_ -> !faults.losesEvent(kind.resource()))
                  .toList()
              : List.<Seen>of();
      long revision = cluster.api().store().revision();
      return new Batch(events, revision, faults.cuts(), faults.expiries());
    } catch (ExpiredException _) {
      return new Batch(List.of(), cursor, faults.cuts(), expiries + 1);
    }
  }

  private void rest(OutputStream out) throws IOException, InterruptedException {
    var left = Duration.between(live.clock().instant(), end);
    var most = left.compareTo(BOOKMARK_EVERY) < 0 ? left : BOOKMARK_EVERY;
    if (most.isPositive() && !live.await(cursor, cuts, most) && bookmarks) {
      bookmark(out, false);
      out.flush();
    }
  }

  private void bookmark(OutputStream out, boolean initial) throws IOException {
    var mark = Tree.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    var metadata = mark.putObject("metadata").put("resourceVersion", Long.toString(cursor));
    metadata.putNull("creationTimestamp");
    if (initial) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    write(out, "BOOKMARK", shape.apply(mark));
  }

  private static void write(OutputStream out, String type, ObjectNode object) throws IOException {
    var event = Tree.object().put("type", type);
    event.set("object", object);
    out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
