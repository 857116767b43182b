package dev.penstock.cli.bench;

import dev.penstock.cli.roles.Installation;
import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.roles.Installation.Running;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An installation in the bench's world, with bounds on every start and stop. Its processes run with
 * this process' JDK, class path and JVM options.
 */
final class RoleProcesses implements AutoCloseable {
  private static final Duration START_BOUND = Duration.ofMinutes(3);
  private static final Duration STOP_BOUND = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Timing timing;
  private final Installation installation;

  RoleProcesses(BenchWorld world, Path folder, Timing timing) throws IOException {
    this.timing = timing;
    this.installation =
        new Installation(
            new Installation.Given(
                folder,
                config(world, folder),
                Map.of(
                    "AWS_REGION", "us-west-2",
                    "AWS_ACCESS_KEY_ID", "AKIASANDBOX",
                    "AWS_SECRET_ACCESS_KEY", "sandbox"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getProperty("java.class.path")));
  }

  private static Path config(BenchWorld world, Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("penstock.yaml"),
        """
        kafka:
          bootstrap-servers: %s
          partitions: %d
        schema-registry:
          url: %s
        aws:
          endpoint-url: %s
        """
            .formatted(
                world.connection().bootstrapServers(),
                BenchWorld.CATALOGUE.partitions(),
                world.connection().registryUrls().getFirst(),
                world.awsEndpoint()));
  }

  /** Starts a process and does not wait for it. */
  Running start(Role role, String instance) throws IOException {
    return installation.start(role, instance);
  }

  /** Starts one process of each role and waits until all are ready. */
  List<Running> startAll(String instance) throws IOException, InterruptedException {
    var started = new ArrayList<Running>();
    for (var role : Role.WHOLE) {
      started.add(start(role, instance));
    }
    awaitReady(started);
    return started;
  }

  void awaitReady(List<Running> processes) throws IOException, InterruptedException {
    for (var process : processes) {
      var deadline = timing.now().plus(START_BOUND);
      while (!installation.ready(process)) {
        if (!process.process().isAlive()) {
          throw new BenchFailed(
              "%s ended with %d: %s"
                  .formatted(process, process.process().exitValue(), process.lastWords()));
        }
        if (timing.now().isAfter(deadline)) {
          throw new BenchFailed(
              "%s was not ready in %d s: %s"
                  .formatted(process, START_BOUND.toSeconds(), process.lastWords()));
        }
        timing.sleep(LOOK);
      }
    }
  }

  /** Asks to end (SIGTERM) and waits. */
  void stop(List<Running> processes) throws IOException, InterruptedException {
    ask(processes);
    for (var process : processes) {
      if (!process.process().waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        process.process().destroyForcibly();
        throw new BenchFailed(process + " did not stop in " + STOP_BOUND.toSeconds() + " s");
      }
    }
  }

  /** Asks to end (SIGTERM) and does not wait. */
  void ask(List<Running> processes) {
    processes.forEach(installation::stop);
  }

  /** kill -9. */
  void kill(List<Running> processes) {
    processes.forEach(installation::kill);
  }

  /** The resident set of a process in megabytes, where the system tells it. */
  static Optional<Long> residentMegabytes(Process process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    installation.close();
  }
}
