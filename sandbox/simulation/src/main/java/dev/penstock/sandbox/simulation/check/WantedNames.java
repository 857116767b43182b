package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.ZoneRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The names in Route 53: each leads to the load balancer of somebody who claims it. */
final class WantedNames {
  private final Evidence evidence;
  private final Map<String, List<Member>> claims = new TreeMap<>();

  WantedNames(Evidence evidence, List<ClusterEyes> clusters) {
    this.evidence = evidence;
    for (var cluster : clusters) {
      for (var member : evidence.members(cluster)) {
        member
            .names()
            .forEach(name -> claims.computeIfAbsent(name, _ -> new ArrayList<>()).add(member));
      }
    }
  }

  void compare(List<String> differences) {
    var accounts = new LinkedHashMap<String, Estate>();
    evidence.estates().forEach(estate -> accounts.putIfAbsent(estate.home().account(), estate));
    for (var estate : accounts.values()) {
      claims.forEach((name, claimants) -> claimed(estate, name, claimants, differences));
      unclaimed(estate, differences);
    }
  }

  private void claimed(
      Estate estate, String name, List<Member> claimants, List<String> differences) {
    var right = claimants.stream().filter(this::isServed).toList();
    if (right.isEmpty()
        || claimants.stream().anyMatch(WantedNames::isSpecial)
        || !isWritable(estate, name)) {
      return;
    }
    for (var type : List.of("A", "AAAA")) {
      var set = new Traffic(estate).record(name, type);
      if (set.isEmpty()) {
        if (!isForeign(estate, name)) {
          differences.add(name + " has no " + type + " record, " + right.getFirst() + " claims it");
        }
      } else if (isOwned(estate, set.get()) && !leadsToOne(set.get(), claimants)) {
        differences.add(name + " " + type + " leads to nobody who claims it: " + set.get());
      }
    }
  }

  /** Whether nothing keeps the member from being served. */
  private boolean isServed(Member member) {
    var cluster = evidence.cluster(member.cluster()).orElseThrow();
    var estate = evidence.home(cluster);
    var group = Standing.in(estate, member.group(), evidence.members(cluster));
    return member.problem().isEmpty()
        && group.contains(member)
        && Standing.agree(estate, member.group(), group);
  }

  /** Whether the member asks for more than an alias to its load balancer. */
  private static boolean isSpecial(Member member) {
    return member
        .object()
        .path("metadata")
        .path("annotations")
        .propertyStream()
        .map(Map.Entry::getKey)
        .anyMatch(key -> key.startsWith("external-dns.") && !key.endsWith("/hostname"));
  }

  /** Whether one public zone holds the name, and its ownership record beside it. */
  private static boolean isWritable(Estate estate, String name) {
    var dotted = Traffic.dotted(name);
    List<ZoneRow> zones =
        estate.zones().all().stream()
            .filter(zone -> dotted.endsWith("." + zone.model().name()))
            .toList();
    return zones.size() == 1 && zones.getFirst().networks().isEmpty();
  }

  private boolean leadsToOne(ResourceRecordSet set, List<Member> claimants) {
    if (set.aliasTarget() == null) {
      return false;
    }
    for (var estate : evidence.estates()) {
      var balancer = new Traffic(estate).named(set.aliasTarget().dnsName());
      if (balancer.isPresent()) {
        return claimants.stream().anyMatch(member -> isOf(estate, balancer.get(), member));
      }
    }
    return false;
  }

  /** Whether it is the member's; who went to a group that cannot serve him is left where he was. */
  private boolean isOf(Estate estate, LoadBalancerRow balancer, Member member) {
    var stack = estate.stackOf(balancer.arn());
    return estate.clusterOf(balancer.arn()).equals(member.cluster())
        && (stack.equals(member.group()) || member.wasIn(stack) && !isServed(member));
  }

  /** Whether records stand at the name that are not ours. */
  private boolean isForeign(Estate estate, String name) {
    return sets(estate).stream()
        .filter(set -> set.name().equals(Traffic.dotted(name)))
        .anyMatch(set -> !isOwned(estate, set));
  }

  private boolean isOwned(Estate estate, ResourceRecordSet set) {
    var mark = set.typeAsString().toLowerCase(Locale.ROOT) + "-" + set.name();
    return sets(estate).stream()
        .filter(txt -> txt.typeAsString().equals("TXT") && txt.name().equals(mark))
        .anyMatch(this::isOurMark);
  }

  private boolean isOurMark(ResourceRecordSet txt) {
    var owner = evidence.sight().fleet().settings().dns().txtOwnerId();
    return txt.resourceRecords().stream()
        .map(ResourceRecord::value)
        .anyMatch(value -> value.contains("external-dns/owner=" + owner + ","));
  }

  private static List<ResourceRecordSet> sets(Estate estate) {
    return estate.records().all().stream().map(RecordRow::model).toList();
  }

  /** Records of ours at names that nobody claims, and at which ACM does not look. */
  private void unclaimed(Estate estate, List<String> differences) {
    Set<String> claimed = claims.keySet().stream().map(Traffic::dotted).collect(Collectors.toSet());
    evidence.estates().forEach(one -> claimed.addAll(one.validationNames()));
    for (var set : sets(estate)) {
      if (set.typeAsString().equals("TXT") && isOurMark(set)) {
        owned(set)
            .filter(name -> !claimed.contains(name))
            .ifPresent(
                name -> differences.add("nobody claims " + name + ", but it is marked as ours"));
      }
    }
  }

  /** The name that an ownership record of today's form speaks of. */
  private static Optional<String> owned(ResourceRecordSet txt) {
    var name = txt.name();
    return name.startsWith("a-") || name.startsWith("aaaa-") || name.startsWith("cname-")
        ? Optional.of(name.substring(name.indexOf('-') + 1))
        : Optional.empty();
  }
}
