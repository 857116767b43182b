package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fleet of a script: where each cluster is at home, how many applications there may be in each,
 * and how many bits of a pod's address are the network's (few addresses are soon used again).
 */
public record ScriptFleet(List<Home> clusters, int apps, int podBits) {
  public static final int NODES = 3;

  public ScriptFleet {
    clusters = List.copyOf(clusters);
  }

  /** The cluster of this number. */
  public String cluster(int number) {
    return "cluster-" + number;
  }

  /** The namespace of an application. */
  public static String namespace(int app) {
    return app % 2 == 1 ? "default" : "shop";
  }

  public static String app(int number) {
    return "app-" + number;
  }

  public static String host(int number) {
    return "h" + number + ".example.com";
  }

  public Home home(int cluster) {
    return clusters.get(cluster - 1);
  }

  /** Every cluster's number. */
  public List<Integer> numbers() {
    return IntStream.rangeClosed(1, clusters.size()).boxed().toList();
  }

  /** Every scope in which something is decided. */
  public List<Scope> scopes() {
    return Stream.concat(clusters.stream().map(Home::scope), Stream.of(Fleet.DNS))
        .distinct()
        .sorted()
        .toList();
  }

  /** What a pipeline is started with. */
  public Fleet built() {
    var names = numbers().stream().map(this::cluster).toList();
    return Lands.fleet(names, clusters, podBits, ScopeSettings.defaults());
  }
}
