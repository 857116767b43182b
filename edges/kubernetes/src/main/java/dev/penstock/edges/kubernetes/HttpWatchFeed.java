package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The watches of one cluster over HTTP. All methods but the watches' callbacks: one thread. */
final class HttpWatchFeed implements WatchFeed {
  /** Sends the request of a watch. */
  interface Opener {
    void open(HttpWatch watch, String resourceVersion);
  }

  private final ObjectMapper json;
  private final Opener opener;
  private final BlockingQueue<HttpWatch.Delivery> inbox = new LinkedBlockingQueue<>();
  private final Map<ObjectKind, HttpWatch> watches = new EnumMap<>(ObjectKind.class);
  private final ArrayDeque<WatchSignal> signals = new ArrayDeque<>();
  private HttpWatch.@Nullable Delivery delivery;

  HttpWatchFeed(ObjectMapper json, Opener opener) {
    this.json = json;
    this.opener = opener;
  }

  @Override
  public void open(ObjectKind kind, String resourceVersion) {
    var watch = new HttpWatch(kind, json, inbox);
    var before = watches.put(kind, watch);
    if (before != null) {
      before.cancel();
    }
    opener.open(watch, resourceVersion);
  }

  @Override
  public Optional<WatchSignal> poll() {
    while (true) {
      var taken = delivery;
      if (taken != null && isCurrent(taken) && !signals.isEmpty()) {
        return Optional.of(signals.removeFirst());
      }
      if (taken != null && isCurrent(taken)) {
        taken.taken().run();
      }
      if (!take(inbox.poll())) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void await(Duration atMost) throws InterruptedException {
    if (signals.isEmpty() && inbox.isEmpty()) {
      var taken = delivery;
      delivery = null;
      if (taken != null && isCurrent(taken)) {
        taken.taken().run();
      }
      take(inbox.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
    }
  }

  /** Every open watch says that it broke. */
  void abandon(String why) {
    watches.values().forEach(watch -> watch.abandon(why));
  }

  @Override
  public void close() {
    watches.values().forEach(HttpWatch::cancel);
    watches.clear();
    signals.clear();
    inbox.clear();
  }

  private boolean take(HttpWatch.@Nullable Delivery next) {
    delivery = next;
    signals.clear();
    if (next != null && isCurrent(next)) {
      signals.addAll(next.signals());
    }
    return next != null;
  }

  private boolean isCurrent(HttpWatch.Delivery of) {
    return watches.get(of.from().kind()) == of.from();
  }
}
