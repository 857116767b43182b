package dev.penstock.appliers.kubernetes;

import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.KubernetesApi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The thread of one cluster's applier, and what it is told by the thread that polls. */
final class ClusterWorker {
  private static final Duration REGISTRATION_PAUSE = Duration.ofSeconds(1);

  private final BlockingQueue<Consumer<KubernetesApplier>> told = new LinkedBlockingQueue<>();
  private final Supplier<Optional<KubernetesApi>> opening;
  private final Function<KubernetesApi, KubernetesApplier> making;
  private final Timeline timeline;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile int waiting;

  ClusterWorker(
      String name,
      Supplier<Optional<KubernetesApi>> opening,
      Function<KubernetesApi, KubernetesApplier> making,
      Timeline timeline,
      Consumer<Throwable> defects) {
    this.opening = opening;
    this.making = making;
    this.timeline = timeline;
    this.thread =
        Thread.ofVirtual()
            .name(name)
            .uncaughtExceptionHandler((_, defect) -> defects.accept(defect))
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void tell(Consumer<KubernetesApplier> something) {
    told.add(something);
  }

  /** How many commands wait for their outcome. */
  int waiting() {
    return waiting;
  }

  /** No write begins from now on. */
  void stop() {
    stopping = true;
    told.add(_ -> {});
  }

  boolean stopping() {
    return stopping;
  }

  void join(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }

  private void run() {
    try {
      var api = opening.get();
      while (api.isEmpty() && !stopping) {
        timeline.sleep(REGISTRATION_PAUSE);
        api = opening.get();
      }
      if (api.isPresent()) {
        try (var open = api.get()) {
          apply(making.apply(open));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void apply(KubernetesApplier applier) throws InterruptedException {
    while (!stopping) {
      for (var next = told.poll(); next != null; next = told.poll()) {
        next.accept(applier);
      }
      var rest = applier.step();
      waiting = applier.waiting();
      var next = told.poll(rest.toNanos(), TimeUnit.NANOSECONDS);
      if (next != null) {
        next.accept(applier);
      }
    }
  }
}
