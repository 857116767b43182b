package dev.penstock.cli.config;

import java.util.Locale;

/**
 * One key of an instance's file: dotted, with the environment variable that overrides it. A {@code
 * SECRET} value is a reference ({@code env:NAME} or {@code file:PATH}), never the secret itself.
 */
record ConfigKey(String name, Type type, String fallback, String sentence) {
  enum Type {
    TEXT,
    NUMBER,
    SECRET,
    /** A map of free keys below this one, each a text; values may be references. */
    MAP
  }

  /** {@code kafka.bootstrap-servers} is overridden by {@code PENSTOCK_KAFKA_BOOTSTRAP_SERVERS}. */
  String environmentName() {
    return "PENSTOCK_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
