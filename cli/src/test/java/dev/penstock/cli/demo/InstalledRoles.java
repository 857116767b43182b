package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.cli.PenstockMain;
import dev.penstock.cli.roles.Installation;
import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.roles.Installation.Running;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.sandbox.local.SandboxSettings;
import dev.penstock.schemas.settings.ScopeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The sandbox's edges in this process, and one process of each role between them. */
final class InstalledRoles implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);
  private static final String INSTANCE = "a";

  private final Path folder;
  private final Edges edges;
  private final Installation installation;
  private final Map<Role, Running> running = new EnumMap<>(Role.class);
  private final DemoView view;

  private InstalledRoles(Path folder, Edges edges) throws IOException {
    this.folder = folder;
    this.edges = edges;
    this.view = DemoView.open(edges.kubeconfig(), edges.awsEndpoint());
    this.installation =
        new Installation(
            new Installation.Given(
                folder,
                config(folder, edges),
                Map.of(
                    "PENSTOCK_LOG", "INFO",
                    "AWS_REGION", "us-west-2",
                    "AWS_ACCESS_KEY_ID", "AKIAROLES",
                    "AWS_SECRET_ACCESS_KEY", "sandbox"),
                List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1"),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
  }

  /** Starts everything and registers the cluster as a person does. */
  static InstalledRoles start(Path folder) throws Exception {
    var settings =
        new SandboxSettings(
            folder,
            SandboxSettings.Ports.free(),
            20,
            "demo",
            ScopeSettings.demo(),
            Optional.empty(),
            "sandbox");
    var random = RandomGenerator.of("L64X128MixRandom");
    var edges = Edges.start(settings, Clock.systemUTC(), random, Thread::sleep, _ -> {});
    var roles = new InstalledRoles(folder, edges);
    for (var role : Role.WHOLE) {
      roles.running.put(role, roles.installation.start(role, INSTANCE));
    }
    roles.await("stream answers", () -> roles.answers(Role.STREAM) ? "" : "not yet");
    roles.register();
    return roles;
  }

  private static Path config(Path folder, Edges edges) throws IOException {
    var token = Files.writeString(folder.resolve("token"), "secret-of-the-test");
    return Files.writeString(
        folder.resolve("roles.yaml"),
        """
        http:
          token: file:%1$s
          tokens:
            tester: file:%1$s
        kafka:
          bootstrap-servers: %2$s
          partitions: %3$d
        schema-registry:
          url: %4$s
        aws:
          endpoint-url: %5$s
        """
            .formatted(
                token,
                edges.connection().bootstrapServers(),
                Edges.catalogue().partitions(),
                edges.connection().registryUrls().getFirst(),
                edges.awsEndpoint()));
  }

  private void register() throws Exception {
    var file = folder.resolve("people.yaml");
    var face = running.get(Role.STREAM).face();
    Files.writeString(
        file,
        Files.readString(folder.resolve("roles.yaml"))
            .replaceFirst("http:\n", "http:\n  url: " + face + "\n"));
    var settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            scope: 111122223333/us-west-2
            settings:
              sweepIntervalMillis: 10000
              healthPollMillis: 500
              healthPollSteadyMillis: 5000
              driftPollMillis: 3000
              retryMillis: 500
              maxRetryMillis: 5000
              claimSettleMillis: 2000
              consistencyWindowMillis: 1000
            """);
    var kubeconfig = "--kubeconfig=" + edges.kubeconfig();
    var home = "--home=111122223333/us-west-2";
    execute("cluster", "register", "sandbox", home, "--vpc=vpc-0a1b2c3d4e5f60718", kubeconfig);
    execute("configure", "-f", settings.toString());
    execute("cluster", "manage", "sandbox");
  }

  /** Its face is there: 200 or, before it is ready, 503. */
  private boolean answers(Role role) {
    try {
      return installation.ask(running.get(role), "/readyz").isPresent();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a command of people until it succeeds: the API may need a moment. */
  private void execute(String... arguments) throws Exception {
    var all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--config=" + folder.resolve("people.yaml");
    await(
        String.join(" ", arguments),
        () -> {
          var code = PenstockMain.execute(all);
          return code == 0 ? "" : "exit code " + code;
        });
  }

  /** Waits until nothing is missing. */
  void await(String what, Supplier<String> missing) throws InterruptedException, IOException {
    var deadline = System.nanoTime() + PATIENCE;
    var instead = missing.get();
    while (!instead.isEmpty()) {
      if (System.nanoTime() > deadline) {
        fail(what + ": " + instead + "\n" + lastWords());
      }
      Thread.sleep(100);
      instead = missing.get();
    }
  }

  String lastWords() throws IOException {
    var words = new StringBuilder();
    for (var role : running.values()) {
      words.append(role).append(":\n").append(role.lastWords()).append('\n');
    }
    return words.toString();
  }

  Edges edges() {
    return edges;
  }

  DemoView view() {
    return view;
  }

  Installation installation() {
    return installation;
  }

  Running running(Role role) {
    return running.get(role);
  }

  /** SIGKILL, and at once a process anew. */
  void killAndStart(Role role) throws Exception {
    var process = running.get(role);
    installation.kill(process);
    process.process().waitFor(30, TimeUnit.SECONDS);
    running.put(role, installation.start(role, INSTANCE));
  }

  /** SIGTERM; answers the exit code. */
  int stop(Role role) throws InterruptedException {
    var process = running.get(role);
    installation.stop(process);
    if (!process.process().waitFor(60, TimeUnit.SECONDS)) {
      process.process().destroyForcibly();
      return -1;
    }
    return process.process().exitValue();
  }

  @Override
  public void close() {
    installation.close();
    view.close();
    edges.close();
  }
}
