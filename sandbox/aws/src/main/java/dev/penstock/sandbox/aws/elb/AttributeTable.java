package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.elb.Attributes.Attribute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code attributes.txt}: kind, types, key, allowed values, default. */
final class AttributeTable {
  private AttributeTable() {}

  static Map<String, List<Attribute>> read() {
    var table = new LinkedHashMap<String, List<Attribute>>();
    for (var line : lines()) {
      var words = line.trim().split("\\s+", 5);
      var attribute = new Attribute(words[2], words.length < 5 ? "" : words[4], words[3]);
      for (var type : words[1].split(",")) {
        table.computeIfAbsent(words[0] + "/" + type, _ -> new ArrayList<>()).add(attribute);
      }
    }
    return table;
  }

  private static List<String> lines() {
    var file = AttributeTable.class.getResourceAsStream("attributes.txt");
    if (file == null) {
      throw new IllegalStateException("attributes.txt is not on the class path");
    }
    try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
