package dev.penstock.plan.network;

import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Network.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Chooses the subnets of an application load balancer as LBC does (LBC 4.11): given ones in the
 * given order, found ones one for each zone in the order of their ids.
 */
public final class SubnetChoice {
  private static final int LEAST_FREE_ADDRESSES = 8;
  private static final String CLUSTER_TAG = "kubernetes.io/cluster/";

  /** What the choice depends on beside the network. */
  public record Rules(
      String lbcCluster,
      boolean internetFacing,
      boolean dualStack,
      boolean checkClusterTag,
      boolean byReachability,
      boolean singleAllowed) {}

  private final Network network;
  private final Rules rules;

  public SubnetChoice(Network network, Rules rules) {
    this.network = network;
    this.rules = rules;
  }

  /** Ids and Name tags; a name that is given n times takes the first n subnets of that name. */
  public Choice given(List<String> idsOrNames) {
    var chosen = new ArrayList<Subnet>();
    var used = new HashMap<String, Integer>();
    for (String idOrName : idsOrNames) {
      int nth = idOrName.startsWith("subnet-") ? 0 : used.merge(idOrName, 1, Integer::sum) - 1;
      var matches =
          network.subnets().stream()
              .filter(s ->
                  idOrName.startsWith("subnet-")
                      ? s.id().equals(idOrName)
                      : idOrName.equals(s.tags().get("Name")))
              .toList();
      if (nth >= matches.size()) {
        return new Choice.Refused(
            matches.isEmpty()
                ? "no subnet of " + network.vpcId() + " has the id or Name tag " + idOrName
                : "subnet \""
                    + idOrName
                    + "\" is given more often than the "
                    + matches.size()
                    + " times that it exists in "
                    + network.vpcId());
      }
      chosen.add(matches.get(nth));
    }
    return checked(chosen);
  }

  /** Ids that a class lists, in the order of the ids. */
  public Choice ofClass(List<String> ids) {
    return given(ids.stream().sorted().toList());
  }

  /** Subnets that carry all these tags, each with one of the listed values. */
  public Choice byTags(Map<String, List<String>> tags) {
    var matching =
        network.subnets().stream()
            .filter(s ->
                tags.entrySet().stream()
                    .allMatch(t ->
                        t.getValue().contains(s.tags().getOrDefault(t.getKey(), ""))
                            && s.tags().containsKey(t.getKey())))
            .toList();
    return found(matching, "they need the tags " + tags);
  }

  /**
   * Subnets with the role tag; none and allowed: those that reach, or do not reach, the Internet.
   */
  public Choice discovered() {
    var role =
        rules.internetFacing() ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb";
    var advice = "tag them " + role + "=1";
    var tagged =
        network.subnets().stream()
            .filter(s -> List.of("", "1").contains(s.tags().getOrDefault(role, "no")))
            .toList();
    if (!tagged.isEmpty() || !rules.byReachability()) {
      return found(tagged, advice);
    }
    var unrouted =
        network.subnets().stream().filter(s -> routeTable(s).isEmpty()).map(Subnet::id).toList();
    if (!unrouted.isEmpty()) {
      return new Choice.Refused(
          "no subnet has the tag "
              + role
              + ", and whether "
              + unrouted
              + " reach the Internet"
              + " cannot be told: "
              + network.vpcId()
              + " has no main route table");
    }
    return found(
        network.subnets().stream().filter(s -> isPublic(s) == rules.internetFacing()).toList(),
        advice);
  }

  private Choice found(List<Subnet> candidates, String advice) {
    int foreign = 0;
    int full = 0;
    int single = 0;
    var byZone = new LinkedHashMap<String, Subnet>();
    for (Subnet subnet : candidates) {
      if (rules.checkClusterTag() && taggedForOthersOnly(subnet)) {
        foreign++;
      } else if (subnet.freeAddresses() < LEAST_FREE_ADDRESSES) {
        full++;
      } else if (rules.dualStack() && subnet.ipv6Cidrs().isEmpty()) {
        single++;
      } else {
        byZone.merge(subnet.zone(), subnet, this::better);
      }
    }
    var chosen = byZone.values().stream().sorted(Comparator.comparing(Subnet::id)).toList();
    if (chosen.isEmpty()) {
      return new Choice.Refused(
          ("no subnet of %s fits an %s load balancer: of %d candidates %d are tagged for"
                  + " other clusters, %d have fewer than %d free addresses%s; %s")
              .formatted(
                  network.vpcId(),
                  rules.internetFacing() ? "internet-facing" : "internal",
                  candidates.size(),
                  foreign,
                  full,
                  LEAST_FREE_ADDRESSES,
                  rules.dualStack() ? " and " + single + " have no IPv6 addresses" : "",
                  advice));
    }
    return checked(chosen);
  }

  private Choice checked(List<Subnet> chosen) {
    var zones = new LinkedHashMap<String, String>();
    var locales = new TreeSet<String>();
    for (Subnet subnet : chosen) {
      var other = zones.putIfAbsent(subnet.zone(), subnet.id());
      if (other != null) {
        return new Choice.Refused(
            "subnets "
                + other
                + " and "
                + subnet.id()
                + " are both in zone "
                + subnet.zone()
                + "; give one for each zone");
      }
      locales.add(locale(subnet));
    }
    if (locales.size() > 1) {
      return new Choice.Refused("the subnets are in zones of different kinds: " + locales);
    }
    int least = locales.contains("availability-zone") && !rules.singleAllowed() ? 2 : 1;
    if (chosen.size() < least) {
      return new Choice.Refused(
          chosen.size()
              + " subnet is too few: an application load balancer needs subnets in "
              + least
              + " zones");
    }
    return new Choice.Chosen(chosen.stream().map(Subnet::id).toList());
  }

  private Subnet better(Subnet one, Subnet other) {
    boolean oneOurs = one.tags().containsKey(CLUSTER_TAG + rules.lbcCluster());
    boolean otherOurs = other.tags().containsKey(CLUSTER_TAG + rules.lbcCluster());
    if (oneOurs != otherOurs) {
      return oneOurs ? one : other;
    }
    return one.id().compareTo(other.id()) <= 0 ? one : other;
  }

  private boolean taggedForOthersOnly(Subnet subnet) {
    return subnet.tags().keySet().stream().anyMatch(key -> key.startsWith(CLUSTER_TAG))
        && !subnet.tags().containsKey(CLUSTER_TAG + rules.lbcCluster());
  }

  private boolean isPublic(Subnet subnet) {
    return routeTable(subnet).map(Network.RouteTable::internetGateway).orElse(false);
  }

  private Optional<Network.RouteTable> routeTable(Subnet subnet) {
    Optional<Network.RouteTable> own =
        network.routeTables().stream().filter(t -> t.subnetIds().contains(subnet.id())).findFirst();
    return own.or(
        () -> network.routeTables().stream().filter(Network.RouteTable::main).findFirst());
  }

  private String locale(Subnet subnet) {
    if (subnet.outpostArn().isPresent()) {
      return "outpost";
    }
    return network.zones().stream()
        .filter(zone -> zone.name().equals(subnet.zone()))
        .map(Network.Zone::type)
        .findFirst()
        .orElse("availability-zone");
  }
}
