package dev.penstock.plan.ingress;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Route 53's routing of an Ingress' names, as external-dns reads it (external-dns 1.2): a number
 * that is none counts as 0, coordinates that are none are left out. Whatever Route 53 does not take
 * is told to the owner; every key and value that is answered can be written.
 */
final class RoutingReader {
  private static final String ROUTING = "aws-";
  private static final Set<String> PLAIN =
      Set.of(
          "region",
          "geolocation-continent-code",
          "geolocation-country-code",
          "geolocation-subdivision-code",
          "geoproximity-region",
          "geoproximity-local-zone-group",
          "cidr-collection-id",
          "cidr-location-name",
          "health-check-id",
          "evaluate-target-health",
          "target-hosted-zone");
  private static final Pattern COORDINATES =
      Pattern.compile("([+-]?\\d{1,3}(?:\\.\\d+)?),([+-]?\\d{1,3}(?:\\.\\d+)?)");

  private final MemberSource source;
  private final Map<String, String> routing = new TreeMap<>();

  private RoutingReader(MemberSource source) {
    this.source = source;
  }

  static Map<String, String> read(MemberSource source, List<String> prefixes) {
    var reader = new RoutingReader(source);
    for (String prefix : prefixes.reversed()) {
      var before = prefix + ROUTING;
      source.ingress().metadata().annotations().entrySet().stream()
          .filter(annotation -> annotation.getKey().startsWith(before))
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              a -> reader.read(a.getKey(), a.getKey().substring(before.length()), a.getValue()));
    }
    return reader.routing;
  }

  private void read(String annotation, String key, String value) {
    switch (key) {
      case "weight" -> put(key, number(annotation, value, 0, 255));
      case "geoproximity-bias" -> put(key, number(annotation, value, -99, 99));
      case "geoproximity-coordinates" -> coordinates(annotation, key, value);
      case "multi-value-answer" -> put(key, "");
      case "failover" -> {
        if (!value.equals("PRIMARY") && !value.equals("SECONDARY")) {
          invalid(annotation, value, "PRIMARY or SECONDARY; Route 53 refuses the name");
        }
        put(key, value);
      }
      default -> {
        if (PLAIN.contains(key)) {
          put(key, value);
        } else {
          source
              .problems()
              .warn(
                  "UnknownAnnotation",
                  annotation + " is no routing of Route 53 that is known and has no effect");
        }
      }
    }
  }

  private void put(String key, String value) {
    routing.put(key, value);
  }

  private String number(String annotation, String value, long least, long most) {
    var number = whole(value);
    var allowed = "a whole number from " + least + " to " + most;
    if (number.isEmpty()) {
      invalid(annotation, value, allowed + "; 0 is used");
    } else if (number.get() < least || number.get() > most) {
      invalid(annotation, value, allowed + "; Route 53 refuses the name");
    }
    return Long.toString(number.orElse(0));
  }

  private static Optional<Integer> whole(String value) {
    try {
      return Optional.of(Integer.parseInt(value));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private void coordinates(String annotation, String key, String value) {
    var parts = COORDINATES.matcher(value);
    if (parts.matches() && within(parts.group(1), 90) && within(parts.group(2), 180)) {
      put(key, value);
    } else {
      routing.remove(key);
      invalid(
          annotation,
          value,
          "a latitude from -90 to 90, a comma and a longitude from -180 to 180; it has no effect");
    }
  }

  private static boolean within(String degrees, double most) {
    return Math.abs(Double.parseDouble(degrees)) <= most;
  }

  private void invalid(String annotation, String value, String allowed) {
    source
        .problems()
        .warn("InvalidAnnotation", annotation + ": \"" + value + "\" must be " + allowed);
  }
}
