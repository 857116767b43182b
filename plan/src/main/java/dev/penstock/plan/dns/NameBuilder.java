package dev.penstock.plan.dns;

import dev.penstock.plan.dns.NamePlan.DesiredName;
import dev.penstock.plan.dns.NamePlan.Refusal;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.settings.DnsSettings;
import dev.penstock.schemas.table.ClaimRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * From all claims of one host name to its record sets (external-dns 4, 5.3). Claims with different
 * set identifiers stand beside each other; of those with the same one, the claim that the records
 * were last written for stands, one that has not changed since before a later one of its member,
 * else the one that the ownership TXT names, else the one that the records lead to, else the
 * smallest target.
 */
public final class NameBuilder {
  private static final int LONGEST_LABEL = 63;

  private final String name;
  private final DnsSettings settings;
  private final TxtRegistry registry;
  private final List<Refusal> refusals = new ArrayList<>();

  private NameBuilder(String host, DnsSettings settings) {
    this.name = Zones.dotted(host);
    this.settings = settings;
    this.registry = new TxtRegistry(settings);
  }

  /**
   * The plan of a host. {@code observed} answers the record sets that are known at all {@link
   * TxtRegistry#places places} of a name in a zone.
   */
  public static NamePlan of(
      String host,
      List<ClaimRow> claims,
      Optional<List<HostedZone>> zones,
      BiFunction<String, String, List<RecordSet>> observed,
      DnsSettings settings) {
    if (zones.isEmpty()) {
      return new NamePlan(
          List.of(), List.of(), List.of(), Optional.of("the hosted zones are not known yet"));
    }
    return new NameBuilder(host, settings).plan(claims, zones.get(), observed);
  }

  private NamePlan plan(
      List<ClaimRow> claims,
      List<HostedZone> zones,
      BiFunction<String, String, List<RecordSet>> observed) {
    var chosen = Zones.of(name, zones, settings);
    var wanting = claims.stream().filter(claim -> claim.pointing().isPresent()).toList();
    if (chosen.isEmpty()) {
      wanting.forEach(claim -> refuse(claim, "no hosted zone that we manage holds " + name));
      return new NamePlan(List.of(), List.of(), List.copyOf(refusals), Optional.empty());
    }
    var held = chosen.stream().flatMap(zone -> observed.apply(zone.id(), name).stream()).toList();
    var marks =
        held.stream()
            .flatMap(set -> registry.mark(set).stream())
            .filter(mark -> mark.owner().equals(settings.txtOwnerId()))
            .toList();
    var winners = new TreeMap<String, ClaimRow>();
    var standing = new ArrayList<ClaimRow>();
    var last = wanting.stream().filter(claim -> isLast(claim, wanting)).toList();
    for (var claim : ordered(last, wanting, marks, held)) {
      var first = winners.putIfAbsent(setIdentifier(claim), claim);
      if (first == null || sameRecords(first, claim)) {
        standing.add(claim);
      } else {
        refuse(claim, name + " is held by " + holder(first));
      }
    }
    wanting.stream()
        .filter(claim -> !last.contains(claim))
        .forEach(
            claim -> refuse(claim, name + " went with " + holder(claim) + " to another group"));
    var names = new ArrayList<DesiredName>();
    for (var zone : chosen) {
      names(zone, List.copyOf(winners.values())).ifPresent(names::add);
    }
    standing.removeIf(claim -> refusals.stream().anyMatch(r -> r.claim().equals(claim)));
    return new NamePlan(
        List.copyOf(names), List.copyOf(standing), List.copyOf(refusals), Optional.empty());
  }

  private Optional<DesiredName> names(HostedZone zone, List<ClaimRow> winners) {
    var sets = new ArrayList<RecordSet>();
    for (var claim : winners) {
      var records = records(zone.id(), claim.pointing().orElseThrow());
      var obstacle = obstacle(zone, records);
      if (obstacle.isPresent()) {
        refuse(claim, obstacle.get());
      } else {
        sets.addAll(records);
        records.forEach(set -> sets.add(registry.txt(set, label(claim))));
      }
    }
    return sets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DesiredName(
                NamePlan.key(zone.id(), name), new RecordNameSpec(zone.id(), name, sets)));
  }

  /** Why the sets could not be owned: without its TXT nothing is written. */
  private Optional<String> obstacle(HostedZone zone, List<RecordSet> records) {
    for (var set : records) {
      var txt = registry.txtName(set.name(), set.type());
      if (!Zones.isIn(txt, zone.name())) {
        return Optional.of(
            "%s is the apex of its zone, so that its ownership record %s would lie outside: set a TXT prefix such as \"x-%%{record_type}.\""
                .formatted(name, txt));
      }
      if (txt.indexOf('.') > LONGEST_LABEL) {
        return Optional.of(
            "the first label of the ownership record %s is longer than %d characters"
                .formatted(txt, LONGEST_LABEL));
      }
    }
    return Optional.empty();
  }

  private List<RecordSet> records(String zoneId, Pointing pointing) {
    var alias = pointing.alias().or(() -> canonical(zoneId, pointing));
    if (alias.isPresent()) {
      return List.of(set(pointing, "A", List.of(), alias), set(pointing, "AAAA", List.of(), alias));
    }
    var byType = new TreeMap<String, List<String>>();
    for (var value : pointing.values()) {
      byType.computeIfAbsent(type(value), _ -> new ArrayList<>()).add(value);
    }
    if (byType.size() > 1) {
      byType.remove("CNAME");
    }
    return byType.entrySet().stream()
        .map(e ->
            set(pointing, e.getKey(), e.getValue().stream().sorted().toList(), Optional.empty()))
        .toList();
  }

  /**
   * A name of AWS becomes an alias, unless addresses stand beside it (external-dns 5.3); any other
   * name does when that is asked for, within the zone that is written (external-dns 5.4).
   */
  private Optional<RecordSet.Alias> canonical(String zoneId, Pointing pointing) {
    if (pointing.values().size() != 1) {
      return Optional.empty();
    }
    var target = pointing.values().getFirst();
    return CanonicalZones.of(target)
        .or(() ->
            pointing.asAlias() && type(target).equals("CNAME")
                ? Optional.of(zoneId)
                : Optional.empty())
        .map(zone ->
            new RecordSet.Alias(
                pointing.routing().getOrDefault("target-hosted-zone", zone),
                target,
                pointing
                    .routing()
                    .getOrDefault(
                        "evaluate-target-health", Boolean.toString(settings.evaluateTargetHealth()))
                    .equals("true")));
  }

  private RecordSet set(
      Pointing pointing, String type, List<String> values, Optional<RecordSet.Alias> alias) {
    var routing = new TreeMap<>(pointing.routing());
    var health = Optional.ofNullable(routing.remove("health-check-id"));
    routing.remove("evaluate-target-health");
    routing.remove("target-hosted-zone");
    return new RecordSet(
        name,
        type,
        pointing.setIdentifier(),
        alias.isPresent()
            ? Optional.empty()
            : Optional.of(pointing.ttlSeconds().orElse(settings.defaultTtlSeconds())),
        values,
        alias,
        routing,
        health);
  }

  private static String type(String value) {
    if (value.indexOf(':') >= 0) {
      return "AAAA";
    }
    return value.chars().allMatch(c -> c == '.' || Character.isDigit(c)) ? "A" : "CNAME";
  }

  private boolean sameRecords(ClaimRow one, ClaimRow other) {
    return sameRecords(one.pointing().orElseThrow(), other.pointing().orElseThrow());
  }

  private boolean sameRecords(Pointing one, Pointing other) {
    return records("", one).equals(records("", other));
  }

  /** Whether the records were last written for the claim as it is now. */
  private boolean isWritten(ClaimRow claim) {
    return claim
        .inForce()
        .filter(records -> sameRecords(records, claim.pointing().orElseThrow()))
        .isPresent();
  }

  /** Objects of one name in two clusters have the same mark: then the records tell them apart. */
  private List<ClaimRow> ordered(
      List<ClaimRow> claims,
      List<ClaimRow> all,
      List<TxtRegistry.Mark> marks,
      List<RecordSet> held) {
    return claims.stream()
        .sorted(
            Comparator.comparing((ClaimRow claim) -> !isWritten(claim))
                .thenComparing(claim ->
                    all.stream()
                        .filter(other -> isOfSame(claim, other))
                        .noneMatch(NameBuilder::inForce))
                .thenComparing(
                    claim -> marks.stream().noneMatch(m -> m.resource().equals(label(claim))))
                .thenComparing(
                    claim -> held.stream().noneMatch(set -> bare(set).equals(bare(targets(claim)))))
                .thenComparing(NameBuilder::targets)
                .thenComparing(NameBuilder::label)
                .thenComparing(ClaimRow::claimant)
                .thenComparing(ClaimRow::stack)
                .thenComparing(ClaimRow::member))
        .toList();
  }

  /** A member that goes from one group to another takes its name along: its last claim counts. */
  private static boolean isLast(ClaimRow claim, List<ClaimRow> all) {
    return all.stream().noneMatch(other -> isOfSame(claim, other) && other.seq() > claim.seq());
  }

  private static boolean isOfSame(ClaimRow claim, ClaimRow other) {
    return other.claimant().equals(claim.claimant())
        && other.member().equals(claim.member())
        && setIdentifier(other).equals(setIdentifier(claim));
  }

  private static boolean inForce(ClaimRow claim) {
    return claim
        .inForce()
        .filter(pointing -> pointing.setIdentifier().orElse("").equals(setIdentifier(claim)))
        .isPresent();
  }

  private static String targets(ClaimRow claim) {
    var pointing = claim.pointing().orElseThrow();
    return pointing.alias().map(RecordSet.Alias::dnsName).orElse("")
        + String.join(",", pointing.values().stream().sorted().toList());
  }

  private static String bare(RecordSet set) {
    return bare(
        set.alias()
            .map(RecordSet.Alias::dnsName)
            .orElseGet(() -> String.join(",", set.values().stream().sorted().toList())));
  }

  /** Route 53 adds a dot, others a word. */
  private static String bare(String target) {
    return Zones.undotted(target).toLowerCase(Locale.ROOT).replaceFirst("^dualstack\\.", "");
  }

  private static String holder(ClaimRow claim) {
    var member = claim.member();
    return "%s %s of cluster %s".formatted(member.kind().text(), member.path(), member.cluster());
  }

  private static String label(ClaimRow claim) {
    return claim.pointing().map(Pointing::resourceLabel).orElse("");
  }

  private static String setIdentifier(ClaimRow claim) {
    return claim.pointing().flatMap(Pointing::setIdentifier).orElse("");
  }

  private void refuse(ClaimRow claim, String reason) {
    if (refusals.stream().noneMatch(r -> r.claim().equals(claim))) {
      refusals.add(new Refusal(claim, reason));
    }
  }
}
