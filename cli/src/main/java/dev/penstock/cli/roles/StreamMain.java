package dev.penstock.cli.roles;

import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.query.QueryApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** {@code penstock stream}: facts in, decisions out, and the API of people. */
final class StreamMain {
  /** Names the group, the changelogs and the transactions of the reconciler; never change it. */
  static final String APPLICATION = "penstock-stream";

  private StreamMain() {}

  static int run(InstanceConfig config) throws LogFailed, IOException, InterruptedException {
    try (var log = OpenLog.at(LogAddress.of(config))) {
      var role =
          new StreamRole(
              log.connection(),
              log.catalogue(),
              log.catalogue().prefix() + APPLICATION,
              config.text("instance.id"),
              config.number("stream.standby-replicas"),
              log.sessionMillis(),
              stateFolder(config.text("stream.state-dir")));
      var reconciler = role.open(log.schemas(), log.registrations());
      reconciler.start();
      var writes = new PeopleWrites(log.log(), registrar(log.registrations()));
      var api = new QueryApi(reconciler::tables, writes, config.map("http.tokens"));
      return RoleProcess.run(
          "stream",
          new StreamStage(reconciler, Clock.systemUTC()),
          config.text("http.listen"),
          Map.of("/v1/", api));
    }
  }

  private static Path stateFolder(String configured) throws IOException {
    return configured.isEmpty()
        ? Files.createTempDirectory("penstock-stream")
        : Files.createDirectories(Path.of(configured));
  }

  private static PeopleWrites.Registrar registrar(RegistryTopic registrations) {
    return new PeopleWrites.Registrar() {
      @Override
      public void register(Scope scope) throws LogFailed {
        registrations.register(scope);
      }

      @Override
      public void put(ClusterEntry entry) throws LogFailed {
        registrations.put(entry);
      }
    };
  }
}
