package dev.penstock.cli.roles;

import com.sun.net.httpserver.HttpHandler;
import dev.penstock.cli.ExitCode;
import dev.penstock.roles.Stage;
import dev.penstock.streams.query.HttpFace;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one role until it fails or the process is asked to end (SIGTERM, Ctrl-C), with its face on
 * HTTP. Asked to end, the process exits with 0 once the role has stopped in order.
 */
final class RoleProcess {
  private static final Logger LOG = LoggerFactory.getLogger(RoleProcess.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Then the process ends all the same: whoever takes over must not wait for us. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final String name;
  private final Stage stage;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private RoleProcess(String name, Stage stage) {
    this.name = name;
    this.stage = stage;
  }

  /** Returns the exit code. The stage is started already and is stopped here. */
  static int run(String name, Stage stage, String listen, Map<String, HttpHandler> handlers)
      throws IOException, InterruptedException {
    var process = new RoleProcess(name, stage);
    var shown = new RoleFace(name, stage, () -> process.asked.getCount() == 0);
    try (var face = HttpFace.start(listen, shown, handlers)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::endInOrder));
      LOG.info("role={} started http=:{}", name, face.port());
      process.await();
    } finally {
      stage.stop();
      process.stopped.countDown();
    }
    return process.asked.getCount() == 0 ? ExitCode.DONE.number() : ExitCode.FAILED.number();
  }

  private void await() throws InterruptedException {
    while (!asked.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      if (stage.failed()) {
        LOG.error("role={} failed; the process ends", name);
        return;
      }
    }
  }

  /** Runs when the process is asked to end, and when it ends of itself. */
  private void endInOrder() {
    if (stopped.getCount() == 0) {
      return;
    }
    LOG.info("role={} stopping", name);
    var failed = stage.failed();
    asked.countDown();
    try {
      var inOrder = stopped.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("role={} stopped inOrder={}", name, inOrder);
      var code = inOrder && !failed ? ExitCode.DONE : ExitCode.FAILED;
      Runtime.getRuntime().halt(code.number());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
