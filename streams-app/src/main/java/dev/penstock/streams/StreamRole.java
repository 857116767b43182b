package dev.penstock.streams;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.streams.topology.Reconciler;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What one instance of the reconciler is given. The instance id is unique among live instances and
 * kept over restarts; other instances ask it at {@code address}, a {@code host:port}.
 */
public record StreamRole(
    Connection connection,
    Catalogue catalogue,
    String application,
    String instance,
    String address,
    int standbyReplicas,
    int sessionMillis,
    Path stateFolder,
    TakeBack takeBack) {

  /** Kafka Streams' settings of this instance. */
  public Properties settings() {
    var properties = new Properties();
    properties.putAll(ClientSettings.streams(connection, application, instance, sessionMillis));
    properties.put("num.standby.replicas", standbyReplicas);
    properties.put("application.server", address);
    properties.put("state.dir", stateFolder.toString());
    return properties;
  }

  /**
   * Opens the reconciler; {@link Reconciler#start()} begins.
   *
   * @throws LogFailed when the schemas cannot be registered or found
   */
  public Reconciler open(SchemaRegistry registry, RegistryTopic registrations) throws LogFailed {
    return Reconciler.open(this, registry, registrations);
  }
}
