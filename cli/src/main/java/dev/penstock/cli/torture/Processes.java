package dev.penstock.cli.torture;

import dev.penstock.cli.bench.Timing;
import dev.penstock.cli.roles.Installation;
import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.roles.Installation.Running;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.local.OpenParts;
import dev.penstock.sandbox.simulation.Fleet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The roles as processes, each with networks of its own. One that ends by itself is started again,
 * as its supervisor would.
 */
final class Processes implements AutoCloseable {
  private static final Duration START_BOUND = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Timing timing;
  private final OpenParts open = new OpenParts();
  private final Map<Seat, Installation> installations = new EnumMap<>(Seat.class);
  private final Map<Seat, Running> running = new EnumMap<>(Seat.class);
  private final List<Ended> ended = new ArrayList<>();

  Processes(TortureWorld world, Path folder) throws IOException {
    this.timing = world.timing();
    for (var seat : Seat.values()) {
      var installation = new Installation(given(world, seat, folder));
      open.push(installation::close);
      installations.put(seat, installation);
    }
  }

  private static Installation.Given given(TortureWorld world, Seat seat, Path folder)
      throws IOException {
    var own = Files.createDirectories(folder.resolve(seat.name().toLowerCase(Locale.ROOT)));
    var environment = new LinkedHashMap<String, String>();
    environment.put("AWS_REGION", Torture.REGION);
    environment.put("AWS_ACCESS_KEY_ID", Torture.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", "sandbox");
    var edges = List.of(Edge.CLUSTER_1, Edge.CLUSTER_2);
    for (int n = 0; n < edges.size(); n++) {
      if (seat.edges().contains(edges.get(n))) {
        var name = world.fleet().sites().get(n).cluster().name();
        var file = own.resolve(name + ".kubeconfig");
        var address = world.networks().address(seat, edges.get(n));
        Kubeconfig.write(file, name, URI.create("http://" + address));
        environment.put(variable(name), file.toString());
      }
    }
    return new Installation.Given(
        own,
        config(world, seat, own),
        environment,
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  private static Path config(TortureWorld world, Seat seat, Path own) throws IOException {
    var networks = world.networks();
    var aws =
        seat.edges().contains(Edge.AWS)
            ? "aws:\n  endpoint-url: http://%s\n".formatted(networks.address(seat, Edge.AWS))
            : "";
    return Files.writeString(
        own.resolve("penstock.yaml"),
        """
        kafka:
          bootstrap-servers: %s
          partitions: %d
        schema-registry:
          url: http://%s
        %s\
        """
            .formatted(
                networks.address(seat, Edge.KAFKA),
                TortureWorld.CATALOGUE.partitions(),
                networks.address(seat, Edge.REGISTRY),
                aws));
  }

  /** The environment variable that says where the cluster's kubeconfig is. */
  static String variable(String cluster) {
    return "KUBECONFIG_" + cluster.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Starts who is missing, and stops (SIGTERM) who is too much; whether anybody was. */
  boolean fill(boolean paired) throws IOException {
    var changed = false;
    for (var seat : Seat.values()) {
      var wanted = paired || !seat.second();
      if (wanted && !running.containsKey(seat)) {
        start(seat);
        changed = true;
      } else if (!wanted && running.containsKey(seat)) {
        remove(seat).ifPresent(installation(seat)::stop);
        changed = true;
      }
    }
    return changed;
  }

  /**
   * The instance of the role that serves the first Region by its own metrics; the first one of the
   * role while no other says that it does.
   */
  Seat active(Role role, int partition) throws InterruptedException {
    var mark =
        role == Role.STREAM
            ? "penstock_events_lag{partition=\"%d\"}".formatted(partition)
            : "penstock_commands_open{scope=\"%s\"}".formatted(Fleet.HOME);
    var seats = running.keySet().stream().filter(seat -> seat.role() == role).toList();
    for (var seat : seats) {
      var said = installation(seat).ask(process(seat), "/metrics");
      if (said.filter(answer -> answer.body().contains(mark)).isPresent()) {
        return seat;
      }
    }
    return seats.getFirst();
  }

  void start(Seat seat) throws IOException {
    running.put(seat, installation(seat).start(seat.role(), seat.instance()));
  }

  /** SIGKILL; nobody starts it again by itself. */
  void kill(Seat seat) {
    remove(seat).ifPresent(installation(seat)::kill);
  }

  /** SIGSTOP or SIGCONT. */
  void signal(Seat seat, String name) throws IOException, InterruptedException {
    var process = running.get(seat);
    if (process != null) {
      var pid = String.valueOf(process.process().pid());
      new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    }
  }

  /** Waits until all that run are ready; false if one is not in time. */
  boolean awaitReady() throws IOException, InterruptedException {
    var deadline = timing.now().plus(START_BOUND);
    while (!allReady()) {
      if (timing.now().isAfter(deadline)) {
        return false;
      }
      supervise();
      timing.sleep(LOOK);
    }
    return true;
  }

  private boolean allReady() throws InterruptedException {
    for (var seat : running.keySet()) {
      if (!installation(seat).ready(process(seat))) {
        return false;
      }
    }
    return true;
  }

  /** Starts again what ended by itself. */
  void supervise() throws IOException {
    for (var seat : List.copyOf(running.keySet())) {
      if (!process(seat).process().isAlive()) {
        ended.add(new Ended(seat, process(seat).process().exitValue()));
        start(seat);
      }
    }
  }

  /** Which processes ended by themselves, and how. */
  List<Ended> ended() {
    return List.copyOf(ended);
  }

  private Installation installation(Seat seat) {
    return Optional.ofNullable(installations.get(seat)).orElseThrow();
  }

  private Running process(Seat seat) {
    return Optional.ofNullable(running.get(seat)).orElseThrow();
  }

  private Optional<Running> remove(Seat seat) {
    return Optional.ofNullable(running.remove(seat));
  }

  @Override
  public void close() {
    open.close();
  }
}
