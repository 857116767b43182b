package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one cluster: WatchStarted, every object, SnapshotCompleted, then changes; after a gap
 * or a fact that could not be appended the same again under a new tenure (design §4). A cluster
 * that cannot be reached is waited for; nothing is concluded. One thread; {@link #step} never waits
 * but in calls.
 */
public final class KubernetesWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesWatcher.class);

  private sealed interface Phase {}

  private record Waiting(Instant until) implements Phase {}

  private record Listing(Publisher publisher, NamedObjects byName, Snapshot snapshot, String uid)
      implements Phase {}

  private record Watching(
      Publisher publisher, NamedObjects byName, WatchFeed feed, Watches watches, Upkeep upkeep)
      implements Phase {}

  private final ClusterRegistration registration;
  private final KubernetesApi api;
  private final Log log;
  private final Timeline timeline;
  private final RandomGenerator random;
  private final WatcherSettings settings;
  private final Backoff tenures;
  private Phase phase;
  private volatile WatcherState state;

  public KubernetesWatcher(
      ClusterRegistration registration,
      KubernetesApi api,
      Log log,
      Timeline timeline,
      RandomGenerator random,
      WatcherSettings settings) {
    this.registration = registration;
    this.api = api;
    this.log = log;
    this.timeline = timeline;
    this.random = random;
    this.settings = settings;
    this.tenures = backoff();
    this.phase = new Waiting(Instant.MIN);
    this.state =
        new WatcherState(
            registration.cluster(), WatcherState.Activity.WAITING, timeline.now(), "not started");
  }

  /** Runs until the thread is interrupted. */
  public void run() throws InterruptedException {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        rest(step());
      }
    } finally {
      close();
    }
  }

  /** What it is doing; may be asked by any thread. */
  public WatcherState state() {
    return state;
  }

  /** Does a bounded piece of work; answers how long it may rest if no signal comes. */
  public Duration step() {
    try {
      return switch (phase) {
        case Waiting(var until) -> waiting(until);
        case Listing listing -> listing(listing);
        case Watching watching -> watching(watching);
      };
    } catch (LogFailed failed) {
      return restart("a fact could not be appended: " + failed.getMessage());
    }
  }

  @Override
  public void close() {
    leave();
    api.close();
  }

  private void rest(Duration duration) throws InterruptedException {
    if (duration.isZero()) {
      return;
    }
    if (phase instanceof Watching watching) {
      watching.feed().await(duration);
    } else {
      timeline.sleep(duration);
    }
  }

  private Duration waiting(Instant until) throws LogFailed {
    var now = timeline.now();
    if (now.isBefore(until)) {
      return Duration.between(now, until);
    }
    String uid;
    try {
      uid = api.clusterUid();
    } catch (KubernetesCallFailed failed) {
      return restart("the cluster does not answer: " + failed.getMessage());
    }
    if (uid.isEmpty()) {
      return restart("kube-system has no UID");
    }
    var id = HexFormat.of().toHexDigits(random.nextLong());
    var publisher = new Publisher(registration, id, log, settings.largestRecord());
    publisher.started(uid);
    publisher.flush();
    var byName = new NamedObjects();
    var snapshot = new Snapshot(api, publisher, byName, settings.pageSize(), backoff());
    enter(new Listing(publisher, byName, snapshot, uid), WatcherState.Activity.LISTING, id);
    return Duration.ZERO;
  }

  private Duration listing(Listing listing) throws LogFailed {
    return switch (listing.snapshot().advance()) {
      case Snapshot.Progress.More(var after) -> after;
      case Snapshot.Progress.Lost(var why) -> restart(why);
      case Snapshot.Progress.Complete() -> {
        watch(listing);
        yield Duration.ZERO;
      }
    };
  }

  private void watch(Listing listing) {
    var now = timeline.now();
    var snapshot = listing.snapshot();
    var feed = api.feed();
    var watches =
        new Watches(
            feed,
            listing.publisher(),
            listing.byName(),
            settings.watchLife(),
            snapshot.versions(),
            now,
            this::backoff);
    var upkeep = new Upkeep(api, listing.uid(), snapshot.unlisted(), settings, now);
    LOG.info(
        "cluster={} tenure={} snapshot complete",
        registration.cluster(),
        listing.publisher().tenure());
    snapshot
        .unlisted()
        .forEach((kind, why) ->
            LOG.warn(
                "cluster={} kind={} not listed: {}", registration.cluster(), kind.text(), why));
    enter(
        new Watching(listing.publisher(), listing.byName(), feed, watches, upkeep),
        WatcherState.Activity.WATCHING,
        listing.publisher().tenure());
  }

  private Duration watching(Watching watching) throws LogFailed {
    var now = timeline.now();
    var watches = watching.watches();
    watches.open(now);
    var busy = watches.read(now, settings.batch());
    watching.publisher().flush();
    if (watches.gap().isPresent()) {
      return restart(watches.gap().get());
    }
    if (state.since().plus(settings.settled()).isBefore(now)) {
      tenures.reset();
    }
    var lost = watching.upkeep().run(now, watching.publisher(), watching.byName());
    if (lost.isPresent()) {
      return restart(lost.get());
    }
    if (busy) {
      return Duration.ZERO;
    }
    var next = watching.upkeep().next(watching.byName());
    var opening = watches.nextOpening();
    var wake = opening.isBefore(next) ? opening : next;
    return wake.isAfter(now) ? Duration.between(now, wake) : Duration.ZERO;
  }

  /** The tenure is over, or none began: another one after a while. */
  private Duration restart(String why) {
    leave();
    var wait = tenures.next();
    if (!why.equals(state.detail())) {
      LOG.warn("cluster={} again in {} ms: {}", registration.cluster(), wait.toMillis(), why);
    }
    enter(new Waiting(timeline.now().plus(wait)), WatcherState.Activity.WAITING, why);
    return wait;
  }

  private void enter(Phase next, WatcherState.Activity activity, String detail) {
    phase = next;
    state = new WatcherState(registration.cluster(), activity, timeline.now(), detail);
  }

  private void leave() {
    if (phase instanceof Watching watching) {
      watching.feed().close();
    }
  }

  private Backoff backoff() {
    return new Backoff(settings.firstRetry(), settings.longestRetry(), random);
  }
}
