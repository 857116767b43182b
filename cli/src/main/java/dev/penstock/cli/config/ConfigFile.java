package dev.penstock.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.cli.config.ConfigKey.Free;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An instance's YAML as it stands there: one value for a key, or a map for one that takes maps. */
final class ConfigFile {
  final Map<String, String> values = new TreeMap<>();
  final Map<String, Map<String, String>> maps = new TreeMap<>();
  private final List<String> problems;

  private ConfigFile(List<String> problems) {
    this.problems = problems;
  }

  static ConfigFile empty() {
    return new ConfigFile(List.of());
  }

  /** Reads all of it; each unknown key and wrong shape is a problem. */
  static ConfigFile read(Path path, List<String> problems) {
    var file = new ConfigFile(problems);
    try {
      var root = new YAMLMapper().readTree(Files.readString(path));
      if (root.isObject()) {
        file.walk("", root);
      } else if (!root.isMissingNode() && !root.isNull()) {
        problems.add(path + " must be a map of keys");
      }
    } catch (IOException e) {
      problems.add(path + " cannot be read: " + e.getMessage());
    }
    return file;
  }

  private void walk(String prefix, JsonNode node) {
    for (var field : node.properties()) {
      var name = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
      var key = ConfigKeys.find(name);
      if (key.isPresent() && key.get().type() instanceof Free) {
        map(name, field.getValue());
      } else if (key.isPresent()) {
        value(name, field.getValue());
      } else if (field.getValue().isObject() && isSection(name)) {
        walk(name, field.getValue());
      } else {
        problems.add(
            "unknown key "
                + name
                + "; the nearest known one is "
                + ConfigKeys.nearest(name).name());
      }
    }
  }

  private void map(String name, JsonNode node) {
    if (!node.isObject()) {
      problems.add(name + " must be a map");
      return;
    }
    var entries = new TreeMap<String, String>();
    for (var entry : node.properties()) {
      if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
        entries.put(entry.getKey(), entry.getValue().asText());
      } else {
        problems.add(name + "." + entry.getKey() + " must be one value");
      }
    }
    maps.put(name, entries);
  }

  private void value(String name, JsonNode node) {
    if (node.isValueNode() && !node.isNull()) {
      values.put(name, node.asText());
    } else {
      problems.add(name + " must be one value");
    }
  }

  private static boolean isSection(String name) {
    return ConfigKeys.ALL.stream().anyMatch(key -> key.name().startsWith(name + "."));
  }
}
