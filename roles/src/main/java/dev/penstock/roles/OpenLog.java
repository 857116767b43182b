package dev.penstock.roles;

import dev.penstock.edges.kubernetes.ClusterCredentials;
import dev.penstock.edges.kubernetes.HttpKubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.KafkaCommandFeed;
import dev.penstock.edges.log.KafkaCommandFeed.Membership;
import dev.penstock.edges.log.KafkaLog;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Precondition;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as every role needs it: checked at start, with the registrations and a way to append. */
public record OpenLog(
    Connection connection,
    Catalogue catalogue,
    SchemaRegistry schemas,
    RegistryTopic registrations,
    KafkaLog log,
    int sessionMillis)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenLog.class);

  /**
   * Verifies the topics, names every broker setting that makes a fail-over slow, and opens.
   *
   * @throws LogFailed naming what is missing and how it is made
   */
  public static OpenLog at(Connection connection, Catalogue catalogue) throws LogFailed {
    var schemas = SchemaRegistry.open(connection);
    new TopicSetup(connection, catalogue).verify();
    var preconditions = Precondition.check(connection);
    preconditions.stream()
        .filter(precondition -> !precondition.met())
        .forEach(precondition -> LOG.warn("{}", precondition.sentence()));
    var registrations = RegistryTopic.open(connection, catalogue, schemas);
    return new OpenLog(
        connection,
        catalogue,
        schemas,
        registrations,
        KafkaLog.open(connection, catalogue, schemas, registrations),
        Precondition.sessionMillis(preconditions));
  }

  /** Joins the group with the first poll. */
  <C> KafkaCommandFeed<C> feed(Membership<C> membership, InstantSource clock) throws LogFailed {
    return KafkaCommandFeed.open(connection, catalogue, schemas, registrations, membership, clock);
  }

  /** A registered cluster, with the credentials that this process' environment holds. */
  public static KubernetesApi cluster(ClusterRegistration registration) {
    return HttpKubernetesApi.of(new ClusterCredentials(registration, System.getenv()::get));
  }

  @Override
  public void close() {
    log.close();
    registrations.close();
  }
}
