package dev.penstock.cli.config;

import java.util.Locale;

/** One key of an instance's file: dotted, with the environment variable that overrides it. */
record ConfigKey(String name, Type type, String fallback, String sentence) {
  /** What a value must be. Only what has an empty fallback may be empty. */
  sealed interface Type {}

  record Text() implements Type {}

  /** A whole number within bounds, both included. */
  record Whole(int least, int most) implements Type {}

  /** {@code host:port}, or several with commas between them. */
  record Address(boolean several) implements Type {}

  /** An http or https URL, or several with commas between them. */
  record Url(boolean several) implements Type {}

  /** A reference ({@code env:NAME} or {@code file:PATH}), never the secret itself. */
  record Secret() implements Type {}

  /** A map of free keys below this one. */
  sealed interface Free extends Type {}

  /** Each value is a text or a reference. */
  record Texts() implements Free {}

  /** Each value is a reference. */
  record Secrets() implements Free {}

  /** Settings of Kafka's clients: what Kafka takes for a password is a reference. */
  record ClientSettings() implements Free {}

  /** {@code kafka.bootstrap-servers} is overridden by {@code PENSTOCK_KAFKA_BOOTSTRAP_SERVERS}. */
  String environmentName() {
    return "PENSTOCK_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
