package dev.penstock.cli.config;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.roles.OpenLog;
import java.util.List;
import java.util.Map;

/** Where the log of this installation is, and which topics it has. */
public record LogAddress(Connection connection, Catalogue catalogue) {

  public static LogAddress of(InstanceConfig config) {
    var registries = List.of(config.text("schema-registry.url").split("\\s*,\\s*"));
    var connection =
        new Connection(
            config.text("kafka.bootstrap-servers"),
            registries,
            config.map("kafka.client"),
            credentials(config.text("schema-registry.credentials")));
    var catalogue =
        new Catalogue(
            config.text("kafka.topic-prefix"),
            config.number("kafka.partitions"),
            (short) config.number("kafka.replication-factor"));
    return new LogAddress(connection, catalogue);
  }

  /**
   * As a role needs it.
   *
   * @throws LogFailed naming what is missing and how it is made
   */
  public OpenLog open() throws LogFailed {
    return OpenLog.at(connection, catalogue);
  }

  private static Map<String, String> credentials(String userAndPassword) {
    return userAndPassword.isEmpty()
        ? Map.of()
        : Map.of(
            "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", userAndPassword);
  }
}
