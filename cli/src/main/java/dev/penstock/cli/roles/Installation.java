package dev.penstock.cli.roles;

import dev.penstock.sandbox.broker.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The roles as processes of their own on this machine, started as a person starts them: {@code
 * penstock watch kubernetes}, {@code stream}, {@code apply}. Each has a port and a file for its
 * words, which it keeps over restarts. All of them end with this process.
 */
public final class Installation implements AutoCloseable {
  private static final String MAIN = "dev.penstock.cli.PenstockMain";
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LAST_WORDS = 15;

  private final Given given;
  private final Map<String, Integer> ports = new TreeMap<>();
  private final List<Running> running = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  public Installation(Given given) {
    this.given = given;
    var atEnd = Thread.ofPlatform().unstarted(() -> running.forEach(r -> r.process().destroy()));
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  /** What every process is given: its configuration, this JDK, options and class path. */
  public record Given(
      Path folder, Path config, Map<String, String> environment, List<String> jvm, String classes) {
    public Given {
      environment = Map.copyOf(environment);
      jvm = List.copyOf(jvm);
    }
  }

  public enum Role {
    WATCH("watch", "kubernetes"),
    STREAM("stream"),
    APPLY("apply"),
    /** A part of apply, for when the other part runs elsewhere. */
    APPLY_KUBERNETES("apply", "--only", "kubernetes");

    /** One of each makes an installation. */
    public static final List<Role> WHOLE = List.of(WATCH, STREAM, APPLY);

    private final List<String> words;

    Role(String... words) {
      this.words = List.of(words);
    }

    /** The first word of the command. */
    public String command() {
      return words.getFirst();
    }

    /** What the launcher gives the JVM of this role alone. */
    List<String> jvm() {
      return switch (this) {
        case WATCH, APPLY, APPLY_KUBERNETES -> List.of("-XX:TieredStopAtLevel=1");
        case STREAM -> List.of();
      };
    }
  }

  /** A process of a role. The face is its address on HTTP. */
  public record Running(Role role, String instance, Process process, URI face, Path log) {
    /** The end of what it said. */
    public String lastWords() throws IOException {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    @Override
    public String toString() {
      return String.join(" ", role.words) + " (" + instance + ")";
    }
  }

  /** Starts a process and does not wait for it. */
  public Running start(Role role, String instance) throws IOException {
    var name = role.name().toLowerCase(Locale.ROOT) + "-" + instance;
    var address = "127.0.0.1:" + ports.computeIfAbsent(name, _ -> Ports.free());
    var log = given.folder().resolve(name + ".log");
    var builder = new ProcessBuilder(command(role)).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.putAll(given.environment());
    environment.put("PENSTOCK_CONFIG", given.config().toString());
    environment.put("PENSTOCK_INSTANCE_ID", instance);
    environment.put("PENSTOCK_HTTP_LISTEN", address);
    var face = URI.create("http://" + address);
    var started = new Running(role, instance, builder.start(), face, log);
    running.add(started);
    return started;
  }

  private List<String> command(Role role) {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(role.jvm());
    command.addAll(given.jvm());
    command.addAll(List.of("-cp", given.classes(), MAIN));
    command.addAll(role.words);
    return command;
  }

  /** Asks the face of a process; empty while nobody answers there. */
  public Optional<HttpResponse<String>> ask(Running process, String path)
      throws InterruptedException {
    var request = HttpRequest.newBuilder(process.face().resolve(path)).timeout(PATIENCE).build();
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  public boolean ready(Running process) throws InterruptedException {
    return ask(process, "/readyz").stream().anyMatch(answer -> answer.statusCode() == 200);
  }

  /** SIGTERM; does not wait. */
  public void stop(Running process) {
    process.process().destroy();
    running.remove(process);
  }

  /** SIGKILL: the process gets no chance to say anything. */
  public void kill(Running process) {
    process.process().destroyForcibly();
    running.remove(process);
  }

  @Override
  public void close() {
    List.copyOf(running).forEach(this::kill);
    http.close();
  }
}
