package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.RecordSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.CidrRoutingConfig;
import software.amazon.awssdk.services.route53.model.Coordinates;
import software.amazon.awssdk.services.route53.model.GeoLocation;
import software.amazon.awssdk.services.route53.model.GeoProximityLocation;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Record sets, raw: what was read is written back byte for byte, so that deleting it matches. Names
 * are unescaped, lower case and end with a dot; values keep Route 53's own escapes.
 */
public final class RecordSets {
  private RecordSets() {}

  /**
   * The set as Route 53 takes it.
   *
   * @throws IllegalArgumentException its routing has a key or a value that cannot be written
   */
  public static ResourceRecordSet write(RecordSet set) {
    var written = ResourceRecordSet.builder().name(set.name()).type(set.type());
    set.setIdentifier().ifPresent(written::setIdentifier);
    set.ttlSeconds().ifPresent(written::ttl);
    set.healthCheckId().ifPresent(written::healthCheckId);
    if (!set.values().isEmpty()) {
      written.resourceRecords(
          set.values().stream().map(v -> ResourceRecord.builder().value(v).build()).toList());
    }
    set.alias()
        .ifPresent(alias ->
            written.aliasTarget(
                AliasTarget.builder()
                    .hostedZoneId(alias.hostedZoneId())
                    .dnsName(alias.dnsName())
                    .evaluateTargetHealth(alias.evaluateTargetHealth())
                    .build()));
    writeRouting(new TreeMap<>(set.routing()), written);
    return written.build();
  }

  public static RecordSet read(ResourceRecordSet set) {
    return new RecordSet(
        name(set.name()),
        Text.of(set.typeAsString()),
        Text.optional(set.setIdentifier()),
        Optional.ofNullable(set.ttl()),
        set.resourceRecords().stream().map(ResourceRecord::value).toList(),
        Optional.ofNullable(set.aliasTarget())
            .map(alias ->
                new RecordSet.Alias(
                    Text.of(alias.hostedZoneId()),
                    Text.of(alias.dnsName()),
                    Boolean.TRUE.equals(alias.evaluateTargetHealth()))),
        readRouting(set),
        Text.optional(set.healthCheckId()));
  }

  /** {@code \052.example.com} is {@code *.example.com.}: unescaped, lower case, with a dot. */
  public static String name(@Nullable String name) {
    var plain = new StringBuilder();
    var text = Text.of(name);
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length() && octal(text, i + 1)) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(text.charAt(i));
      }
    }
    if (plain.isEmpty() || plain.charAt(plain.length() - 1) != '.') {
      plain.append('.');
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean octal(String text, int start) {
    return text.substring(start, start + 3).chars().allMatch(c -> c >= '0' && c <= '7');
  }

  private static void writeRouting(Map<String, String> routing, ResourceRecordSet.Builder written) {
    routing.forEach((key, value) -> {
      switch (key) {
        case "weight" -> written.weight(Long.parseLong(value));
        case "region" -> written.region(value);
        case "failover" -> written.failover(value);
        case "multi-value-answer" -> written.multiValueAnswer(true);
        case "cidr-collection-id", "cidr-location-name" ->
            written.cidrRoutingConfig(
                CidrRoutingConfig.builder()
                    .collectionId(routing.get("cidr-collection-id"))
                    .locationName(routing.get("cidr-location-name"))
                    .build());
        case String geo when geo.startsWith("geolocation-") ->
            written.geoLocation(location(routing));
        case String geo when geo.startsWith("geoproximity-") ->
            written.geoProximityLocation(proximity(routing));
        default -> throw new IllegalArgumentException("no routing policy has a " + key);
      }
    });
  }

  private static GeoLocation location(Map<String, String> routing) {
    return GeoLocation.builder()
        .continentCode(routing.get("geolocation-continent-code"))
        .countryCode(routing.get("geolocation-country-code"))
        .subdivisionCode(routing.get("geolocation-subdivision-code"))
        .build();
  }

  private static GeoProximityLocation proximity(Map<String, String> routing) {
    var written =
        GeoProximityLocation.builder()
            .awsRegion(routing.get("geoproximity-region"))
            .localZoneGroup(routing.get("geoproximity-local-zone-group"));
    var bias = routing.get("geoproximity-bias");
    if (bias != null) {
      written.bias(Integer.parseInt(bias));
    }
    var coordinates = routing.get("geoproximity-coordinates");
    if (coordinates != null) {
      var comma = coordinates.indexOf(',');
      if (comma < 0) {
        throw new IllegalArgumentException("no coordinates: " + coordinates);
      }
      written.coordinates(
          Coordinates.builder()
              .latitude(coordinates.substring(0, comma))
              .longitude(coordinates.substring(comma + 1))
              .build());
    }
    return written.build();
  }

  private static Map<String, String> readRouting(ResourceRecordSet set) {
    var routing = new LinkedHashMap<String, String>();
    put(routing, "weight", set.weight());
    put(routing, "region", set.regionAsString());
    put(routing, "failover", set.failoverAsString());
    if (Boolean.TRUE.equals(set.multiValueAnswer())) {
      routing.put("multi-value-answer", "");
    }
    var location = set.geoLocation();
    if (location != null) {
      put(routing, "geolocation-continent-code", location.continentCode());
      put(routing, "geolocation-country-code", location.countryCode());
      put(routing, "geolocation-subdivision-code", location.subdivisionCode());
    }
    var proximity = set.geoProximityLocation();
    if (proximity != null) {
      put(routing, "geoproximity-region", proximity.awsRegion());
      put(routing, "geoproximity-local-zone-group", proximity.localZoneGroup());
      put(routing, "geoproximity-bias", proximity.bias());
      var at = proximity.coordinates();
      put(
          routing,
          "geoproximity-coordinates",
          at == null ? null : at.latitude() + "," + at.longitude());
    }
    var cidr = set.cidrRoutingConfig();
    if (cidr != null) {
      put(routing, "cidr-collection-id", cidr.collectionId());
      put(routing, "cidr-location-name", cidr.locationName());
    }
    return new TreeMap<>(routing);
  }

  private static void put(Map<String, String> routing, String key, @Nullable Object value) {
    if (value != null) {
      routing.put(key, value.toString());
    }
  }

  /** Whether the list has a set that says the same. */
  public static boolean contains(List<RecordSet> sets, RecordSet set) {
    return sets.stream().anyMatch(s -> comparable(s).equals(comparable(set)));
  }

  /** Values are a set; a DNS name of an alias is the same with and without its dot. */
  private static RecordSet comparable(RecordSet set) {
    return new RecordSet(
        name(set.name()),
        set.type(),
        set.setIdentifier(),
        set.ttlSeconds(),
        set.values().stream().sorted().toList(),
        set.alias()
            .map(a ->
                new RecordSet.Alias(a.hostedZoneId(), name(a.dnsName()), a.evaluateTargetHealth())),
        new TreeMap<>(set.routing()),
        set.healthCheckId());
  }
}
