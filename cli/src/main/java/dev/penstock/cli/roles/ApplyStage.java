package dev.penstock.cli.roles;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.edges.log.LogFailed;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The AWS applier of this process, in a thread of its own. */
final class ApplyStage implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(ApplyStage.class);

  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
  private final ApplyRole role;
  private final Thread thread;

  private ApplyStage(Function<Consumer<Throwable>, ApplyRole> roles) {
    this.role = roles.apply(this::failed);
    this.thread = Thread.ofPlatform().name("apply").unstarted(this::apply);
  }

  /** The role is made with the place where defects of its tasks are told. */
  static ApplyStage start(Function<Consumer<Throwable>, ApplyRole> roles) {
    var stage = new ApplyStage(roles);
    stage.thread.start();
    return stage;
  }

  private void apply() {
    try {
      role.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (LogFailed | RuntimeException | Error e) {
      failed(e);
    }
  }

  private void failed(Throwable problem) {
    LOG.error("role=apply ended", problem);
    defect.compareAndSet(null, problem);
  }

  @Override
  public boolean ready() {
    return !failed() && role.ready();
  }

  @Override
  public boolean failed() {
    return defect.get() != null;
  }

  @Override
  public void measure(MetricsText into) {
    role.open()
        .forEach((scope, commands) ->
            into.gauge(
                "penstock_commands_open",
                "Commands of a scope that wait for their answer.",
                commands,
                "scope=" + scope));
  }

  @Override
  public void stop() {
    role.stop();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
