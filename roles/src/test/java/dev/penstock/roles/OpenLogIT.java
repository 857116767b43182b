package dev.penstock.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.sandbox.broker.EmbeddedBroker;
import dev.penstock.sandbox.broker.Ports;
import dev.penstock.sandbox.broker.RegistryServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a role looks at before it starts, on a broker with Kafka's own defaults. */
final class OpenLogIT {
  private static final Catalogue CATALOGUE = Catalogue.small("");
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "group.min.session.timeout.ms", "6000",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000");

  @TempDir Path folder;

  @Test
  void aRoleRefusesToStartWithoutTopicsAndWarnsOfEachBrokerSettingThatSlowsAFailOver()
      throws Exception {
    try (var broker = EmbeddedBroker.start(folder, Ports.free(), Ports.free(), DEFAULTS);
        var registry = RegistryServer.start(broker.bootstrapServers())) {
      var connection = Connection.of(broker.bootstrapServers(), registry.url());
      var refused = assertThrows(LogFailed.class, () -> OpenLog.at(connection, CATALOGUE));
      assertTrue(String.valueOf(refused.getMessage()).contains("penstock.events"));

      new TopicSetup(connection, CATALOGUE).create();
      SchemaRegistry.open(connection).registerAll(CATALOGUE);
      var warnings = new ListAppender<ILoggingEvent>();
      warnings.start();
      var logger = (Logger) LoggerFactory.getLogger(OpenLog.class);
      logger.addAppender(warnings);
      try (var log = OpenLog.at(connection, CATALOGUE)) {
        assertEquals(6_000, log.sessionMillis());
      } finally {
        logger.detachAppender(warnings);
      }
      var said = warnings.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
      assertEquals(2, said.size(), said.toString());
      for (var setting : List.copyOf(DEFAULTS.keySet())) {
        assertTrue(said.stream().anyMatch(words -> words.contains(setting)), said.toString());
      }
    }
  }
}
