package dev.penstock.appliers.kubernetes;

import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The thread of one cluster's applier, and what it is told by the thread that polls. */
final class ClusterWorker {
  private static final Duration REGISTRATION_PAUSE = Duration.ofSeconds(1);

  private final Mailbox told = new Mailbox();
  private final Supplier<Optional<ClusterRegistration>> registered;
  private final Function<ClusterRegistration, KubernetesApi> opening;
  private final Function<KubernetesApi, KubernetesApplier> making;
  private final Timeline timeline;
  private final Consumer<Throwable> defects;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile int waiting;

  ClusterWorker(
      String name,
      Supplier<Optional<ClusterRegistration>> registered,
      Function<ClusterRegistration, KubernetesApi> opening,
      Function<KubernetesApi, KubernetesApplier> making,
      Timeline timeline,
      Consumer<Throwable> defects) {
    this.registered = registered;
    this.opening = opening;
    this.making = making;
    this.timeline = timeline;
    this.defects = defects;
    this.thread =
        Thread.ofVirtual()
            .name(name)
            .uncaughtExceptionHandler((_, defect) -> defects.accept(defect))
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What the thread that polls tells; it never waits. */
  Mailbox told() {
    return told;
  }

  /** How many commands wait for their outcome. */
  int waiting() {
    return waiting;
  }

  /** No write begins from now on. */
  void stop() {
    stopping = true;
    told.wake();
  }

  boolean stopping() {
    return stopping;
  }

  void join(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }

  private void run() {
    try {
      var registration = registered.get();
      while (registration.isEmpty() && !stopping) {
        timeline.sleep(REGISTRATION_PAUSE);
        registration = registered.get();
      }
      if (registration.isPresent()) {
        apply(registration.get());
      }
    } catch (LogFailed failed) {
      if (failed.fault() != LogFailed.Fault.STOPPED) {
        defects.accept(failed);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Applies the way that the registration says; a changed registration is another way. */
  private void apply(ClusterRegistration first) throws LogFailed, InterruptedException {
    var registration = first;
    var api = opening.apply(registration);
    try {
      var applier = making.apply(api);
      while (!stopping) {
        var now = registered.get().orElse(registration);
        if (!now.equals(registration)) {
          registration = now;
          api.close();
          api = opening.apply(now);
          applier.use(api);
        }
        turn(applier);
      }
    } finally {
      api.close();
    }
  }

  private void turn(KubernetesApplier applier) throws LogFailed, InterruptedException {
    told.hand(applier);
    var rest = applier.step();
    waiting = applier.waiting();
    told.await(rest.compareTo(REGISTRATION_PAUSE) < 0 ? rest : REGISTRATION_PAUSE);
  }
}
