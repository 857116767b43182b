package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.Duration;
import java.util.random.RandomGeneratorFactory;

/** A watcher on one thread, in a time that passes only here; its pages are small. */
final class SteppedWatcher {
  static final ClusterRegistration BLUE =
      ClusterRegistration.of("blue", new Scope("111122223333", "us-west-2"), "vpc-1");

  private static final WatcherSettings SETTINGS =
      new WatcherSettings(
          2,
          100,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(6),
          100_000);

  private final ManualTimeline timeline = new ManualTimeline();
  private final KubernetesWatcher watcher;

  SteppedWatcher(ClusterRegistration registration, KubernetesApi api, RecordingLog log) {
    this.watcher =
        new KubernetesWatcher(
            registration,
            api,
            log,
            timeline,
            RandomGeneratorFactory.of("L64X128MixRandom").create(1),
            SETTINGS);
  }

  WatcherState state() {
    return watcher.state();
  }

  /** Takes no time. */
  void step() {
    watcher.step();
  }

  /** Runs until the watcher watches and has nothing to do. */
  void settle() {
    pass(Duration.ofSeconds(5));
  }

  void pass(Duration duration) {
    var end = timeline.now().plus(duration);
    while (timeline.now().isBefore(end)) {
      var rest = watcher.step();
      var left = Duration.between(timeline.now(), end);
      timeline.sleep(rest.compareTo(left) < 0 ? rest : left);
    }
  }
}
