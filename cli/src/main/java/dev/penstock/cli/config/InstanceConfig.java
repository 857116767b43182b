package dev.penstock.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.cli.config.ConfigKey.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one process needs to know beside the log: addresses and credentials. Built once at start;
 * every key is known and of the right type, and every secret reference can be read.
 */
public final class InstanceConfig {
  private final Map<String, String> values;
  private final Map<String, Map<String, String>> maps;

  private InstanceConfig(Map<String, String> values, Map<String, Map<String, String>> maps) {
    this.values = values;
    this.maps = maps;
  }

  /**
   * Reads the file, if there is one, and the environment, which wins.
   *
   * @throws ConfigRefused naming each unknown key with the nearest known one, each wrong type, each
   *     unreadable reference
   */
  public static InstanceConfig read(Optional<Path> file, Map<String, String> environment)
      throws ConfigRefused {
    var problems = new ArrayList<String>();
    var values = new TreeMap<String, String>();
    var maps = new TreeMap<String, Map<String, String>>();
    file.ifPresent(path -> readFile(path, values, maps, problems));
    readEnvironment(environment, values);
    for (var key : ConfigKeys.ALL) {
      check(key, values, environment, problems);
    }
    maps.replaceAll((name, entries) -> resolved(name, entries, environment, problems));
    if (!problems.isEmpty()) {
      throw new ConfigRefused(problems);
    }
    return new InstanceConfig(values, maps);
  }

  /** Every key as a row of a table, for the documentation. */
  public static String keysAsMarkdown() {
    var text = new StringBuilder("| key | default | what |\n|---|---|---|\n");
    for (var key : ConfigKeys.ALL) {
      var fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
      var type =
          switch (key.type()) {
            case TEXT, NUMBER -> "";
            case SECRET -> " (reference)";
            case MAP -> " (map)";
          };
      text.append("| `%s` | %s | %s%s |%n".formatted(key.name(), fallback, key.sentence(), type));
    }
    return text.toString();
  }

  public String text(String name) {
    return Optional.ofNullable(values.get(name)).orElseThrow(() -> unknown(name));
  }

  public int number(String name) {
    return Integer.parseInt(text(name));
  }

  /** Free settings below a key, in the order of their names. */
  public Map<String, String> map(String name) {
    return Collections.unmodifiableMap(maps.getOrDefault(name, Map.of()));
  }

  private static IllegalStateException unknown(String name) {
    return new IllegalStateException("no such configuration key: " + name);
  }

  private static void readFile(
      Path path,
      Map<String, String> values,
      Map<String, Map<String, String>> maps,
      List<String> problems) {
    try {
      var root = new YAMLMapper().readTree(Files.readString(path));
      walk(
          "",
          root.isMissingNode() ? JsonNodeFactory.instance.objectNode() : root,
          values,
          maps,
          problems);
    } catch (IOException e) {
      problems.add(path + " cannot be read: " + e.getMessage());
    }
  }

  private static void walk(
      String prefix,
      JsonNode node,
      Map<String, String> values,
      Map<String, Map<String, String>> maps,
      List<String> problems) {
    for (var field : node.properties()) {
      var name = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
      var key = ConfigKeys.find(name);
      if (key.isPresent() && key.get().type() == Type.MAP) {
        var entries = new TreeMap<String, String>();
        field.getValue().properties().forEach(e -> entries.put(e.getKey(), e.getValue().asText()));
        maps.put(name, entries);
      } else if (key.isPresent() && field.getValue().isValueNode()) {
        values.put(name, field.getValue().asText());
      } else if (field.getValue().isObject() && isSection(name)) {
        walk(name, field.getValue(), values, maps, problems);
      } else {
        problems.add(
            "unknown key "
                + name
                + "; the nearest known one is "
                + ConfigKeys.nearest(name).name());
      }
    }
  }

  private static boolean isSection(String name) {
    return ConfigKeys.ALL.stream().anyMatch(key -> key.name().startsWith(name + "."));
  }

  private static void readEnvironment(Map<String, String> environment, Map<String, String> values) {
    for (var key : ConfigKeys.ALL) {
      var value = environment.get(key.environmentName());
      if (value != null && key.type() != Type.MAP) {
        values.put(key.name(), value);
      }
    }
  }

  private static void check(
      ConfigKey key,
      Map<String, String> values,
      Map<String, String> environment,
      List<String> problems) {
    var value = values.computeIfAbsent(key.name(), _ -> key.fallback());
    switch (key.type()) {
      case TEXT, MAP -> {}
      case NUMBER -> {
        if (!value.matches("-?\\d{1,9}")) {
          problems.add(key.name() + " must be a whole number: " + key.sentence());
        }
      }
      case SECRET -> {
        if (!value.isEmpty()) {
          values.put(key.name(), secret(key.name(), value, environment, problems));
        }
      }
    }
  }

  private static Map<String, String> resolved(
      String name,
      Map<String, String> entries,
      Map<String, String> environment,
      List<String> problems) {
    var result = new TreeMap<String, String>();
    entries.forEach((key, value) -> {
      var reference = value.startsWith("env:") || value.startsWith("file:");
      result.put(key, reference ? secret(name + "." + key, value, environment, problems) : value);
    });
    return result;
  }

  private static String secret(
      String name, String reference, Map<String, String> environment, List<String> problems) {
    if (reference.startsWith("env:")) {
      var value = environment.get(reference.substring(4));
      if (value == null) {
        problems.add(name + ": the environment variable " + reference.substring(4) + " is not set");
      }
      return value == null ? "" : value;
    }
    if (reference.startsWith("file:")) {
      try {
        return Files.readString(Path.of(reference.substring(5))).strip();
      } catch (IOException _) {
        problems.add(name + ": the file " + reference.substring(5) + " cannot be read");
        return "";
      }
    }
    problems.add(name + " must be a reference, env:NAME or file:PATH, never the secret itself");
    return "";
  }
}
