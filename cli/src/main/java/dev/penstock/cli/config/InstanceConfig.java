package dev.penstock.cli.config;

import dev.penstock.cli.config.ConfigKey.Address;
import dev.penstock.cli.config.ConfigKey.Free;
import dev.penstock.cli.config.ConfigKey.Secret;
import dev.penstock.cli.config.ConfigKey.Text;
import dev.penstock.cli.config.ConfigKey.Url;
import dev.penstock.cli.config.ConfigKey.Whole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one process needs to know beside the log: addresses and credentials. Built once at start;
 * every key and every variable {@code PENSTOCK_…} is known, every value is of the right form, and
 * every secret is a reference that can be read.
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
    var given = file.map(path -> ConfigFile.read(path, problems)).orElseGet(ConfigFile::empty);
    var set = Variables.values(environment, references(given, environment), problems);
    var checks = new Values(environment, problems);
    var values = new TreeMap<String, String>();
    var maps = new TreeMap<String, Map<String, String>>();
    for (var key : ConfigKeys.ALL) {
      if (key.type() instanceof Free free) {
        var entries = given.maps.getOrDefault(key.name(), Map.of());
        maps.put(key.name(), checks.checked(key, free, entries));
      } else {
        var written = given.values.getOrDefault(key.name(), key.fallback());
        var value = set.getOrDefault(key.name(), written);
        values.put(key.name(), checks.checked(key, value));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigRefused(problems);
    }
    return new InstanceConfig(values, maps);
  }

  /** The variables that some value refers to. */
  private static Set<String> references(ConfigFile file, Map<String, String> environment) {
    var own =
        ConfigKeys.ALL.stream()
            .map(ConfigKey::environmentName)
            .filter(environment::containsKey)
            .map(environment::get);
    var written =
        Stream.concat(
            file.values.values().stream(),
            file.maps.values().stream().flatMap(map -> map.values().stream()));
    return Stream.concat(own, written)
        .filter(value -> value.startsWith("env:"))
        .map(value -> value.substring("env:".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every key as a row of a table, for the documentation. */
  public static String keysAsMarkdown() {
    var text = new StringBuilder("| key | default | what |\n|---|---|---|\n");
    for (var key : ConfigKeys.ALL) {
      var fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
      var type =
          switch (key.type()) {
            case Text _, Whole _, Address _, Url _ -> "";
            case Secret _ -> " (reference)";
            case Free _ -> " (map)";
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
}
