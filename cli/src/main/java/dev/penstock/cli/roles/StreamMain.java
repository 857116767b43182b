package dev.penstock.cli.roles;

import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.roles.StreamStage;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.TakeBack;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** {@code penstock stream}: facts in, decisions out, and the API of people. */
final class StreamMain {
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "[::]");

  private StreamMain() {}

  static int run(InstanceConfig config, Set<Scope> takenBack)
      throws LogFailed, IOException, InterruptedException {
    try (var log = LogAddress.of(config).open()) {
      var instance =
          new StreamStage.Instance(
              config.text("instance.id"),
              advertised(config),
              config.number("stream.standby-replicas"),
              stateFolder(config.text("stream.state-dir")),
              new TakeBack(takenBack, System.getProperty("user.name")));
      var stage = StreamStage.start(log, instance, Clock.systemUTC());
      return RoleProcess.run(
          "stream",
          stage,
          config.text("http.listen"),
          Map.of("/v1/", stage.api(config.map("http.tokens"))));
    }
  }

  /** Where other instances find this one: what the file says, else where it listens. */
  private static String advertised(InstanceConfig config) throws IOException {
    var advertised = config.text("http.advertised");
    var listen = config.text("http.listen");
    var colon = listen.lastIndexOf(':');
    if (!advertised.isEmpty()) {
      return advertised;
    }
    return EVERYWHERE.contains(listen.substring(0, colon))
        ? InetAddress.getLocalHost().getHostAddress() + listen.substring(colon)
        : listen;
  }

  private static Path stateFolder(String configured) throws IOException {
    return configured.isEmpty()
        ? Files.createTempDirectory("penstock-stream")
        : Files.createDirectories(Path.of(configured));
  }
}
