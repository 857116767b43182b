package dev.penstock.sandbox.simulation;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What a pipeline runs between: an AWS, the clusters on it, and the settings of every scope. */
public record Fleet(WorldSpec world, List<Site> sites, ScopeSettings settings) {
  public static final Scope HOME = new Scope(SandboxWorld.ACCOUNT, SandboxWorld.REGION);
  public static final Scope DNS = Scope.global(SandboxWorld.ACCOUNT);

  public Fleet {
    sites = List.copyOf(sites);
  }

  /** A cluster, where it is at home, and in which VPC; its host names go to {@code dns}. */
  public record Site(ClusterSpec cluster, Scope home, String vpc, List<Scope> dns) {
    public Site {
      dns = List.copyOf(dns);
    }

    /** Who is told of the cluster: its home, and the scopes of its host names. */
    public List<Scope> scopes() {
      var scopes = new ArrayList<Scope>();
      scopes.add(home);
      scopes.addAll(dns);
      return scopes;
    }

    /** What its scopes are told when a person registers it. */
    public ClusterRegistration registration() {
      return ClusterRegistration.of(cluster.name(), home, vpc).withDnsScopes(dns);
    }
  }

  /** The sandbox's account and Region with clusters of these names side by side in its VPC. */
  public static Fleet sandbox(ScopeSettings settings, String... clusters) {
    var sites = new ArrayList<Site>();
    for (int n = 0; n < clusters.length; n++) {
      var share = SandboxWorld.share(clusters[n], n);
      sites.add(
          new Site(cluster(share, SandboxWorld.REGION), HOME, SandboxWorld.VPC, List.of(DNS)));
    }
    return new Fleet(WorldSpec.sandbox(List.of(clusters)), sites, settings);
  }

  /** Every scope in which something is decided. */
  public List<Scope> scopes() {
    var scopes = new TreeSet<Scope>();
    sites.forEach(site -> scopes.addAll(site.scopes()));
    return List.copyOf(scopes);
  }

  /** The cluster of that part of the sandbox's VPC, as it is in a Region. */
  public static ClusterSpec cluster(SandboxWorld.Share share, String region) {
    var nodes =
        IntStream.range(0, share.nodes().size()).mapToObj(i -> node(share, region, i)).toList();
    return ClusterSpec.of(share.cluster(), nodes.size())
        .withNodes(nodes)
        .withPodCidr(share.podCidr());
  }

  private static ClusterSpec.Node node(SandboxWorld.Share share, String region, int i) {
    var address = share.addresses().get(i);
    return new ClusterSpec.Node(
        "ip-" + address.replace('.', '-') + "." + region + ".compute.internal",
        share.nodes().get(i),
        region + (char) ('a' + i),
        address);
  }
}
