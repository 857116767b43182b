package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.edges.kubernetes.WatchSignal;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The watches of a tenure. One that ends is opened again where it stopped; one that cannot go on
 * there is a gap, which ends the tenure.
 */
final class Watches {
  /** One kind's watch: where it is, and when it shall be opened (again) if it is not open. */
  private static final class Cursor {
    private String version;
    private Instant opensAt;
    private boolean open;
    private Instant opened = Instant.EPOCH;
    private final Backoff backoff;

    private Cursor(String version, Instant opensAt, Backoff backoff) {
      this.version = version;
      this.opensAt = opensAt;
      this.backoff = backoff;
    }
  }

  private final WatchFeed feed;
  private final Publisher publisher;
  private final NamedObjects byName;
  private final Duration life;
  private final Map<ObjectKind, Cursor> cursors = new EnumMap<>(ObjectKind.class);
  private Optional<String> gap = Optional.empty();

  Watches(
      WatchFeed feed,
      Publisher publisher,
      NamedObjects byName,
      Duration life,
      Map<ObjectKind, String> versions,
      Instant now,
      Supplier<Backoff> backoffs) {
    this.feed = feed;
    this.publisher = publisher;
    this.byName = byName;
    this.life = life;
    versions.forEach(
        (kind, version) -> cursors.put(kind, new Cursor(version, now, backoffs.get())));
  }

  /** Why the tenure is over, if it is. */
  Optional<String> gap() {
    return gap;
  }

  /** Opens what is due; one that is open for longer than the server keeps any is taken for dead. */
  void open(Instant now) {
    cursors.forEach((kind, cursor) -> {
      var dead = cursor.open && !now.isBefore(cursor.opened.plus(life));
      if (dead || (!cursor.open && !now.isBefore(cursor.opensAt))) {
        cursor.open = true;
        cursor.opened = now;
        feed.open(kind, cursor.version);
      }
    });
  }

  /** Publishes what has come, at most so many signals; true if something had come. */
  boolean read(Instant now, int atMost) {
    for (int i = 0; i < atMost && gap.isEmpty(); i++) {
      var signal = feed.poll();
      if (signal.isEmpty()) {
        return i > 0;
      }
      take(signal.get(), now);
    }
    return true;
  }

  /** When {@link #open} has something to do. */
  Instant nextOpening() {
    return cursors.values().stream()
        .map(cursor -> cursor.open ? cursor.opened.plus(life) : cursor.opensAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private void take(WatchSignal signal, Instant now) {
    var cursor = cursors.get(signal.kind());
    if (cursor == null) {
      return;
    }
    switch (signal) {
      case WatchSignal.Changed(var kind, var raw) -> {
        publisher
            .upserted(kind, raw)
            .ifPresent(object -> byName.upserted(object.key(publisher.cluster()), object));
        advance(cursor, raw.path("metadata").path("resourceVersion").asText());
      }
      case WatchSignal.Deleted(var kind, var raw) -> {
        publisher
            .removed(kind, raw)
            .ifPresent(object -> byName.removed(object.key(publisher.cluster())));
        advance(cursor, raw.path("metadata").path("resourceVersion").asText());
      }
      case WatchSignal.Bookmark(_, var version) -> advance(cursor, version);
      case WatchSignal.Closed _ -> close(cursor, now);
      case WatchSignal.Broken broken -> broken(cursor, broken, now);
    }
  }

  private static void advance(Cursor cursor, String version) {
    cursor.backoff.reset();
    if (!version.isEmpty()) {
      cursor.version = version;
    }
  }

  private static void close(Cursor cursor, Instant now) {
    cursor.open = false;
    cursor.opensAt = now.plus(cursor.backoff.next());
  }

  private void broken(Cursor cursor, WatchSignal.Broken broken, Instant now) {
    switch (broken.fault()) {
      case UNREACHABLE, UNAUTHORIZED, THROTTLED -> close(cursor, now);
      case EXPIRED, FORBIDDEN, TERMINATING, NOT_FOUND, INVALID, CONFLICT, ALREADY_EXISTS ->
          gap =
              Optional.of(
                  "the watch of "
                      + broken.kind().text()
                      + (broken.fault() == KubernetesFault.EXPIRED ? " expired: " : " ended: ")
                      + broken.message());
    }
  }
}
