package dev.penstock.cli.roles;

import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.query.QueryApi;
import dev.penstock.streams.query.TopicRegistrar;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** {@code penstock stream}: facts in, decisions out, and the API of people. */
final class StreamMain {
  /** Names the group, the changelogs and the transactions of the reconciler; never change it. */
  static final String APPLICATION = "penstock-stream";

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "[::]");

  private StreamMain() {}

  static int run(InstanceConfig config) throws LogFailed, IOException, InterruptedException {
    try (var log = OpenLog.at(LogAddress.of(config))) {
      var role =
          new StreamRole(
              log.connection(),
              log.catalogue(),
              log.catalogue().prefix() + APPLICATION,
              config.text("instance.id"),
              advertised(config),
              config.number("stream.standby-replicas"),
              log.sessionMillis(),
              stateFolder(config.text("stream.state-dir")));
      var reconciler = role.open(log.schemas(), log.registrations());
      reconciler.start();
      var writes = new PeopleWrites(log.log(), new TopicRegistrar(log.registrations()));
      var api =
          new QueryApi(reconciler::tables, writes, reconciler.owners(), config.map("http.tokens"));
      return RoleProcess.run(
          "stream",
          new StreamStage(reconciler, Clock.systemUTC()),
          config.text("http.listen"),
          Map.of("/v1/", api));
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
