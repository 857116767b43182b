package dev.penstock.edges.log;

import dev.penstock.sandbox.broker.KafkaFixture;

/** The shared Kafka with fresh topics and registered schemas. */
final class Kafka implements AutoCloseable {
  final Connection connection =
      Connection.of(KafkaFixture.shared().bootstrapServers(), KafkaFixture.shared().registryUrl());
  final Catalogue catalogue = Catalogue.small(KafkaFixture.prefix());
  final SchemaRegistry registry = SchemaRegistry.open(connection);
  final RegistryTopic registrations;

  Kafka() throws LogFailed {
    new TopicSetup(connection, catalogue).create();
    registry.registerAll(catalogue);
    registrations = RegistryTopic.open(connection, catalogue, registry);
  }

  KafkaLog log() throws LogFailed {
    return KafkaLog.open(connection, catalogue, registry, registrations);
  }

  @Override
  public void close() {
    registrations.close();
  }
}
