package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The attributes of one kind of resource: keys, defaults, allowed values (AWS API:
 * LoadBalancerAttribute, TargetGroupAttribute, ListenerAttribute).
 */
final class Attributes {
  private static final Map<String, List<Attribute>> TABLE = AttributeTable.read();

  private final String kind;
  private final List<Attribute> known;

  private Attributes(String kind, List<Attribute> known) {
    this.kind = kind;
    this.known = known;
  }

  /** One attribute; {@code values} is a pattern, or two numbers with dots between. */
  record Attribute(String key, String standard, String values) {
    boolean allows(String value) {
      if (!values.contains("..")) {
        return Pattern.matches(values, value);
      }
      var ends = values.split("\\.\\.");
      return value.matches("\\d{1,9}")
          && Long.parseLong(value) >= Long.parseLong(ends[0])
          && Long.parseLong(value) <= Long.parseLong(ends[1]);
    }
  }

  static Attributes ofLoadBalancer(String type) {
    return of("load-balancer", type);
  }

  static Attributes ofListener(String loadBalancerType) {
    return of("listener", loadBalancerType);
  }

  /** What a target group has depends on the kind of load balancer that its protocol is made for. */
  static Attributes ofTargetGroup(String targetType, String protocol) {
    return switch (targetType) {
      case "lambda" -> of("target-group", "lambda");
      case "alb" -> of("target-group", "alb");
      default ->
          switch (protocol) {
            case "HTTP", "HTTPS" -> of("target-group", "application");
            case "GENEVE" -> of("target-group", "gateway");
            default -> of("target-group", "network");
          };
    };
  }

  Map<String, String> defaults() {
    var map = new LinkedHashMap<String, String>();
    known.forEach(attribute -> map.put(attribute.key(), attribute.standard()));
    return map;
  }

  void check(String key, String value) {
    var attribute = known.stream().filter(a -> a.key().equals(key)).findFirst();
    if (attribute.isEmpty() && !existsSomewhere(key)) {
      throw AwsError.invalid(kind + " attribute key '" + key + "' is not recognized");
    }
    if (attribute.isEmpty()) {
      throw AwsError.refused(
          "InvalidConfigurationRequest",
          kind + " attribute '" + key + "' is not supported on this type");
    }
    if (value == null || !attribute.get().allows(value)) {
      throw AwsError.invalid("The value '" + value + "' of attribute '" + key + "' is not valid");
    }
  }

  private boolean existsSomewhere(String key) {
    return TABLE.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(kind + "/"))
        .anyMatch(entry -> entry.getValue().stream().anyMatch(a -> a.key().equals(key)));
  }

  private static Attributes of(String kind, String type) {
    return new Attributes(kind, TABLE.getOrDefault(kind + "/" + type, List.of()));
  }
}
