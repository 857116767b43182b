package dev.penstock.cli.config;

import dev.penstock.cli.config.ConfigKey.Type;
import dev.penstock.schemas.json.RecordChange;
import java.util.List;
import java.util.Optional;

/** Every key that an instance's file may hold. */
final class ConfigKeys {
  static final List<ConfigKey> ALL =
      List.of(
          text(
              "instance.id",
              "penstock-0",
              "unique among live instances of a role; keep it over restarts"),
          text(
              "http.listen",
              "127.0.0.1:8080",
              "address of /healthz, /readyz, /metrics and the API"),
          text(
              "http.advertised",
              "",
              "where other instances of stream reach this one; empty: http.listen"),
          text(
              "http.url",
              "http://127.0.0.1:8080",
              "where people's commands find the API of stream"),
          secret("http.token", "bearer token with which people's commands speak to the API"),
          map(
              "http.tokens",
              "who may speak to the API of stream: each person's token, a reference"),
          text("kafka.bootstrap-servers", "127.0.0.1:9092", "Kafka brokers"),
          text("kafka.topic-prefix", "", "put before every topic name"),
          number("kafka.partitions", "64", "partitions of penstock.events, for its life"),
          number("kafka.replication-factor", "-1", "of new topics; -1 is the broker's default"),
          map("kafka.client", "further client settings, such as security.protocol"),
          text(
              "schema-registry.url",
              "http://127.0.0.1:8081",
              "Confluent-compatible Schema Registry"),
          secret("schema-registry.credentials", "user:password of the registry"),
          text("aws.endpoint-url", "", "another address of AWS, for a simulator; empty is AWS"),
          map("aws.roles", "role to assume for each account id; none: the default credentials"),
          number("stream.standby-replicas", "0", "copies of the tables on other instances"),
          text(
              "stream.state-dir",
              "",
              "where Kafka Streams keeps its lock; empty: a temporary folder"));

  private ConfigKeys() {}

  static Optional<ConfigKey> find(String name) {
    return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /** The known key that is nearest to a typo. */
  static ConfigKey nearest(String name) {
    var known = RecordChange.nearest(name, ALL.stream().map(ConfigKey::name).toList());
    return find(known).orElseThrow();
  }

  private static ConfigKey text(String name, String fallback, String sentence) {
    return new ConfigKey(name, Type.TEXT, fallback, sentence);
  }

  private static ConfigKey number(String name, String fallback, String sentence) {
    return new ConfigKey(name, Type.NUMBER, fallback, sentence);
  }

  private static ConfigKey secret(String name, String sentence) {
    return new ConfigKey(name, Type.SECRET, "", sentence);
  }

  private static ConfigKey map(String name, String sentence) {
    return new ConfigKey(name, Type.MAP, "", sentence);
  }
}
