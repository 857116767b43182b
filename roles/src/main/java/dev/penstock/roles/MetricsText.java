package dev.penstock.roles;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Collects measurements and writes them in Prometheus' text format 0.0.4, sorted by name. */
public final class MetricsText {
  private final Map<String, Family> families = new TreeMap<>();

  private record Family(String type, String sentence, Map<String, Double> samples) {}

  /** Something that only grows. Labels are {@code name=value}. */
  public MetricsText total(String name, String sentence, double value, String... labels) {
    return add(name, "counter", sentence, value, labels);
  }

  /** Something that goes up and down. Labels are {@code name=value}. */
  public MetricsText gauge(String name, String sentence, double value, String... labels) {
    return add(name, "gauge", sentence, value, labels);
  }

  private MetricsText add(
      String name, String type, String sentence, double value, String... labels) {
    families
        .computeIfAbsent(name, _ -> new Family(type, sentence, new TreeMap<>()))
        .samples()
        .put(labels(labels), value);
    return this;
  }

  private static String labels(String... labels) {
    return labels.length == 0
        ? ""
        : Arrays.stream(labels).map(MetricsText::label).collect(Collectors.joining(",", "{", "}"));
  }

  private static String label(String label) {
    var equals = label.indexOf('=');
    var value =
        label
            .substring(equals + 1)
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n");
    return label.substring(0, equals) + "=\"" + value + "\"";
  }

  public String text() {
    var text = new StringBuilder();
    families.forEach((name, family) -> {
      text.append("# HELP ").append(name).append(' ').append(family.sentence()).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
      family
          .samples()
          .forEach((labels, value) ->
              text.append(name).append(labels).append(' ').append(number(value)).append('\n'));
    });
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
