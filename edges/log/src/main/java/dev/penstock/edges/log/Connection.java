package dev.penstock.edges.log;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where Kafka and the registry are. The maps hold further settings of their clients (security,
 * credentials) and never show in text.
 */
public record Connection(
    String bootstrapServers,
    List<String> registryUrls,
    Map<String, String> kafka,
    Map<String, String> registry) {
  public Connection {
    registryUrls = List.copyOf(registryUrls);
    kafka = Collections.unmodifiableMap(new TreeMap<>(kafka));
    registry = Collections.unmodifiableMap(new TreeMap<>(registry));
  }

  public static Connection of(String bootstrapServers, String registryUrl) {
    return new Connection(bootstrapServers, List.of(registryUrl), Map.of(), Map.of());
  }

  @Override
  public String toString() {
    return "Kafka at " + bootstrapServers + ", schema registry at " + registryUrls;
  }
}
