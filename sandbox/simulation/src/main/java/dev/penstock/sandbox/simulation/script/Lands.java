package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.aws.WorldSpec.AccountSpec;
import dev.penstock.sandbox.aws.WorldSpec.CertificateSpec;
import dev.penstock.sandbox.aws.WorldSpec.HostedZoneSpec;
import dev.penstock.sandbox.aws.WorldSpec.RegionSpec;
import dev.penstock.sandbox.aws.WorldSpec.SubnetSpec;
import dev.penstock.sandbox.aws.WorldSpec.ZoneSpec;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The sandbox's Region once more in every Home: each has room for every cluster, so that no two
 * clusters of a fleet share an address.
 */
final class Lands {
  private Lands() {}

  static Fleet fleet(List<String> names, List<Home> homes, int podBits, ScopeSettings settings) {
    var sites = new ArrayList<Fleet.Site>();
    for (int n = 0; n < names.size(); n++) {
      var home = homes.get(n).scope();
      var share = SandboxWorld.share(names.get(n), n);
      var pods = share.podCidr().replaceAll("/.*", "/" + podBits);
      var cluster = Fleet.cluster(share, home.region()).withPodCidr(pods);
      sites.add(new Fleet.Site(cluster, home, SandboxWorld.VPC, List.of(Fleet.DNS)));
    }
    return new Fleet(world(names, homes), sites, settings);
  }

  private static WorldSpec world(List<String> names, List<Home> homes) {
    var sandbox = WorldSpec.sandbox(names).accounts().getFirst();
    var regions = new LinkedHashMap<String, List<RegionSpec>>();
    regions.put(SandboxWorld.ACCOUNT, new ArrayList<>());
    homes.stream()
        .distinct()
        .sorted()
        .forEach(home ->
            regions
                .computeIfAbsent(home.scope().account(), _ -> new ArrayList<>())
                .add(region(sandbox.regions().getFirst(), home)));
    var accounts = new ArrayList<AccountSpec>();
    regions.forEach((account, specs) -> {
      List<HostedZoneSpec> zones = account.equals(sandbox.id()) ? sandbox.zones() : List.of();
      accounts.add(new AccountSpec(account, specs, zones, List.of()));
    });
    return new WorldSpec(accounts);
  }

  private static RegionSpec region(RegionSpec like, Home home) {
    var name = home.scope().region();
    return new RegionSpec(
        name,
        like.zones().stream().map(z -> ZoneSpec.of(moved(z.name(), name), z.id())).toList(),
        like.vpcs(),
        like.subnets().stream().map(s -> subnet(s, name)).toList(),
        like.routeTables(),
        like.securityGroups(),
        like.instances(),
        like.interfaces(),
        like.addresses(),
        List.of(CertificateSpec.issued(home.certificate(), "*.example.com")),
        like.trustStores(),
        like.webAcls());
  }

  private static SubnetSpec subnet(SubnetSpec like, String region) {
    return SubnetSpec.of(
        like.id(), like.vpc(), moved(like.zone(), region), like.cidr(), like.tags());
  }

  private static String moved(String zone, String region) {
    return zone.replace(SandboxWorld.REGION, region);
  }
}
