package dev.penstock.plan.shared;

import dev.penstock.plan.Cidr;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Network.NetworkInterface;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the network interface of an address or instance, and the one security group of it that our
 * rules go to (LBC 4.13). Made once for all targets of a network.
 */
final class Interfaces {
  private final Map<Cidr, List<NetworkInterface>> addresses = new HashMap<>();
  private final TreeSet<Integer> prefixLengths = new TreeSet<>();
  private final Map<String, List<NetworkInterface>> instances = new TreeMap<>();
  private final Map<String, Network.Group> groups = new TreeMap<>();
  private final Map<String, String> tags;
  private final String clusterTag;

  /** Groups must carry the cluster's tag, and these tags, if an interface has several groups. */
  Interfaces(
      List<Network.Group> all,
      List<NetworkInterface> interfaces,
      String lbcName,
      Map<String, String> tags) {
    this.clusterTag = "kubernetes.io/cluster/" + lbcName;
    this.tags = new TreeMap<>(tags);
    all.forEach(group -> groups.put(group.id(), group));
    for (var one : interfaces) {
      one.addresses().forEach(address -> put(address, one));
      one.prefixes().forEach(prefix -> put(prefix, one));
      one.instanceId().ifPresent(id -> instances.merge(id, List.of(one), Interfaces::together));
    }
  }

  /**
   * The interface that has the address itself, or a prefix around it: first one of its own, then
   * one of the instance that the pod runs on, at last another one of an instance. A pod that runs
   * on no instance of the account has an interface of its own or none.
   */
  Optional<NetworkInterface> ofAddress(String text, Optional<String> instance) {
    var address = Cidr.parse(text);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    for (int length : prefixLengths.descendingSet()) {
      if (length <= address.get().bits()) {
        var found =
            addresses.getOrDefault(address.get().widened(length), List.of()).stream()
                .filter(one -> one.instanceId().isEmpty() || instance.isPresent())
                .min(
                    Comparator.<NetworkInterface, Boolean>comparing(
                            one -> one.instanceId().isPresent())
                        .thenComparing(one -> !one.instanceId().equals(instance)));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The instance's primary interface: the one with the node's own address. */
  Optional<NetworkInterface> ofInstance(String id, List<String> nodeAddresses) {
    var all = instances.getOrDefault(id, List.of());
    return all.stream()
        .filter(one -> one.addresses().stream().anyMatch(nodeAddresses::contains))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** The security groups that our rules could go to: exactly one is right. */
  List<String> candidates(NetworkInterface one) {
    return one.securityGroupIds().size() == 1
        ? one.securityGroupIds()
        : one.securityGroupIds().stream().filter(this::isTagged).toList();
  }

  /** All groups of the network that carry the cluster's tag. */
  List<String> tagged() {
    return groups.keySet().stream().filter(this::isTagged).toList();
  }

  String rule() {
    return clusterTag + (tags.isEmpty() ? "" : " and " + tags);
  }

  private boolean isTagged(String id) {
    var group = Optional.ofNullable(groups.get(id));
    return group
        .filter(g -> g.tags().containsKey(clusterTag))
        .filter(g -> g.tags().entrySet().containsAll(tags.entrySet()))
        .isPresent();
  }

  private void put(String text, NetworkInterface one) {
    Cidr.parse(text)
        .ifPresent(block -> {
          addresses.merge(block, List.of(one), Interfaces::together);
          prefixLengths.add(block.length());
        });
  }

  private static List<NetworkInterface> together(
      List<NetworkInterface> some, List<NetworkInterface> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
