package dev.penstock.cli.bench;

import dev.penstock.sandbox.broker.Ports;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The roles as processes of their own, started as a person starts them: {@code penstock watch
 * kubernetes}, {@code stream}, {@code apply}. They run with this process' JDK, class path and JVM
 * options. All of them end with this one.
 */
final class RoleProcesses implements AutoCloseable {
  private static final Duration START_BOUND = Duration.ofMinutes(3);
  private static final Duration STOP_BOUND = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final String MAIN = "dev.penstock.cli.PenstockMain";

  private final BenchWorld world;
  private final Path folder;
  private final Timing timing;
  private final List<Running> running = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  RoleProcesses(BenchWorld world, Path folder, Timing timing) {
    this.world = world;
    this.folder = folder;
    this.timing = timing;
    var atEnd = Thread.ofPlatform().unstarted(() -> running.forEach(r -> r.process().destroy()));
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  enum Role {
    WATCH("watch", "kubernetes"),
    STREAM("stream"),
    APPLY("apply"),
    /** A part of apply, for when the other part runs elsewhere. */
    APPLY_KUBERNETES("apply", "--only", "kubernetes");

    /** One of each makes an installation. */
    static final List<Role> WHOLE = List.of(WATCH, STREAM, APPLY);

    private final List<String> words;

    Role(String... words) {
      this.words = List.of(words);
    }
  }

  record Running(Role role, String instance, Process process, URI ready, Path log) {
    @Override
    public String toString() {
      return String.join(" ", role.words) + " (" + instance + ")";
    }
  }

  /** Starts a process and does not wait for it. */
  Running start(Role role, String instance) throws IOException {
    var port = Ports.free();
    var log = folder.resolve(role.name().toLowerCase(Locale.ROOT) + "-" + instance + ".log");
    var builder = new ProcessBuilder(command(role)).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.put("PENSTOCK_CONFIG", config().toString());
    environment.put("PENSTOCK_INSTANCE_ID", instance);
    environment.put("PENSTOCK_HTTP_LISTEN", "127.0.0.1:" + port);
    environment.put("AWS_REGION", "us-west-2");
    environment.put("AWS_ACCESS_KEY_ID", "AKIASANDBOX");
    environment.put("AWS_SECRET_ACCESS_KEY", "sandbox");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    var ready = URI.create("http://127.0.0.1:" + port + "/readyz");
    var started = new Running(role, instance, builder.start(), ready, log);
    running.add(started);
    return started;
  }

  private static List<String> command(Role role) {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(role.words);
    return command;
  }

  private Path config() throws IOException {
    var file = folder.resolve("penstock.yaml");
    if (!Files.exists(file)) {
      Files.writeString(
          file,
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
    return file;
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
      var ended = new ArrayList<Integer>();
      var ready =
          timing.await(
              START_BOUND,
              LOOK,
              () -> {
                if (!process.process().isAlive()) {
                  ended.add(process.process().exitValue());
                  return true;
                }
                return answers(process.ready());
              });
      if (!ended.isEmpty()) {
        throw new BenchFailed(process + " ended with " + ended + ": " + lastWords(process));
      }
      if (!ready) {
        throw new BenchFailed(
            "%s was not ready in %d s: %s"
                .formatted(process, START_BOUND.toSeconds(), lastWords(process)));
      }
    }
  }

  private boolean answers(URI ready) {
    try {
      var request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).GET().build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String lastWords(Running process) throws IOException {
    var lines = Files.readAllLines(process.log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  /** Asks to end (SIGTERM) and waits. */
  void stop(List<Running> processes) throws IOException, InterruptedException {
    processes.forEach(process -> process.process().destroy());
    for (var process : processes) {
      if (!process.process().waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        process.process().destroyForcibly();
        throw new BenchFailed(process + " did not stop in " + STOP_BOUND.toSeconds() + " s");
      }
      running.remove(process);
    }
  }

  /** Asks to end (SIGTERM) and does not wait. */
  void ask(List<Running> processes) {
    processes.forEach(process -> process.process().destroy());
    running.removeAll(processes);
  }

  /** kill -9. */
  void kill(List<Running> processes) {
    processes.forEach(process -> process.process().destroyForcibly());
    running.removeAll(processes);
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
    running.forEach(process -> process.process().destroyForcibly());
    running.clear();
    http.close();
  }
}
