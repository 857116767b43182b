package dev.penstock.cli.config;

import dev.penstock.cli.config.ConfigKey.Address;
import dev.penstock.cli.config.ConfigKey.ClientSettings;
import dev.penstock.cli.config.ConfigKey.Secret;
import dev.penstock.cli.config.ConfigKey.Secrets;
import dev.penstock.cli.config.ConfigKey.Text;
import dev.penstock.cli.config.ConfigKey.Texts;
import dev.penstock.cli.config.ConfigKey.Type;
import dev.penstock.cli.config.ConfigKey.Url;
import dev.penstock.cli.config.ConfigKey.Whole;
import dev.penstock.schemas.json.RecordChange;
import java.util.List;
import java.util.Optional;

/** Every key that an instance's file may hold. */
final class ConfigKeys {
  private static final Type ONE_ADDRESS = new Address(false);

  static final List<ConfigKey> ALL =
      List.of(
          text(
              "instance.id",
              "penstock-0",
              "unique among live instances of a role; keep it over restarts"),
          key(
              "http.listen",
              ONE_ADDRESS,
              "127.0.0.1:8080",
              "address of /healthz, /readyz, /metrics and the API"),
          key(
              "http.advertised",
              ONE_ADDRESS,
              "",
              "where other instances of stream reach this one; empty: http.listen"),
          key(
              "http.url",
              new Url(false),
              "http://127.0.0.1:8080",
              "where people's commands find the API of stream"),
          secret("http.token", "bearer token with which people's commands speak to the API"),
          key(
              "http.tokens",
              new Secrets(),
              "",
              "who may speak to the API of stream: each person's token, a reference"),
          key("kafka.bootstrap-servers", new Address(true), "127.0.0.1:9092", "Kafka brokers"),
          text("kafka.topic-prefix", "", "put before every topic name"),
          key(
              "kafka.partitions",
              new Whole(1, 4096),
              "64",
              "partitions of penstock.events, for its life"),
          key(
              "kafka.replication-factor",
              new Whole(-1, Short.MAX_VALUE),
              "-1",
              "of new topics; -1 is the broker's default"),
          key(
              "kafka.client",
              new ClientSettings(),
              "",
              "further client settings, such as security.protocol"),
          key(
              "schema-registry.url",
              new Url(true),
              "http://127.0.0.1:8081",
              "Confluent-compatible Schema Registry"),
          secret("schema-registry.credentials", "user:password of the registry"),
          key(
              "aws.endpoint-url",
              new Url(false),
              "",
              "another address of AWS, for a simulator; empty is AWS"),
          key(
              "aws.roles",
              new Texts(),
              "",
              "role to assume for each account id; none: the default credentials"),
          key(
              "stream.standby-replicas",
              new Whole(0, 16),
              "1",
              "copies of the tables on other instances, for a fast take-over"),
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
    return key(name, new Text(), fallback, sentence);
  }

  private static ConfigKey secret(String name, String sentence) {
    return key(name, new Secret(), "", sentence);
  }

  private static ConfigKey key(String name, Type type, String fallback, String sentence) {
    return new ConfigKey(name, type, fallback, sentence);
  }
}
