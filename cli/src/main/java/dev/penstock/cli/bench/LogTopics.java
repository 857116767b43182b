package dev.penstock.cli.bench;

import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Topics that only a bench needs. */
final class LogTopics {
  private LogTopics() {}

  static void create(Connection connection, List<String> names, int partitions)
      throws IOException, InterruptedException {
    create(connection, names, partitions, Map.of());
  }

  static void create(
      Connection connection, List<String> names, int partitions, Map<String, String> settings)
      throws IOException, InterruptedException {
    try (var admin = Admin.create(ClientSettings.admin(connection))) {
      var topics =
          names.stream()
              .map(name ->
                  new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings))
              .toList();
      admin.createTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw new IOException("cannot create " + names + ": " + e.getCause(), e);
    }
  }
}
