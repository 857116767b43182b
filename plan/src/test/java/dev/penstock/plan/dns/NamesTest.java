package dev.penstock.plan.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import dev.penstock.plan.Differ;
import dev.penstock.plan.Ownership;
import dev.penstock.plan.Specs;
import dev.penstock.plan.Verdict;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.DnsPolicy;
import dev.penstock.schemas.settings.DnsSettings;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.ObservedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of plan/dns-names.yaml is one test. */
final class NamesTest {
  private static final String OWNER = "us";

  @TestFactory
  Stream<DynamicTest> decisionTable() {
    return Cases.of("/plan/dns-names.yaml", NamesTest::check);
  }

  private static void check(JsonNode row) {
    var settings = settings(row);
    var live = new ArrayList<RecordSet>();
    row.path("live").forEach(text -> live.add(set(text.asText())));
    var claims = new ArrayList<ClaimRow>();
    row.get("claims").forEach(claim -> claims.add(claim(row, claim)));
    var plan =
        NameBuilder.of(
            row.get("host").asText(), claims, Optional.of(zones(row)), (_, _) -> live, settings);
    if (row.has("verdict")) {
      verdict(row, plan, live, settings);
    }
    if (row.has("zonesWritten")) {
      assertEquals(
          Cases.texts(row.get("zonesWritten")),
          plan.names().stream().map(n -> n.spec().zoneId()).sorted().toList());
    }
    standings(row, plan, claims);
  }

  private static void verdict(
      JsonNode row, NamePlan plan, List<RecordSet> live, DnsSettings settings) {
    var name = Zones.dotted(row.get("host").asText());
    var key = NamePlan.key("Z1", name);
    var desired = plan.names().stream().map(n -> (ResourceSpec) n.spec()).findFirst();
    ObservedRow.Presence presence =
        live.isEmpty()
            ? new ObservedRow.Missing()
            : new ObservedRow.Present(
                new LiveRecordName("Z1/" + name, new RecordNameSpec("Z1", name, live)));
    var verdict =
        new Differ(new Ownership("", List.of(), settings, List.of(), List.of()))
            .diff(key, desired, new ObservedRow(presence, 1, Instant.EPOCH, 1, List.of()));
    assertEquals(
        row.get("verdict").asText(), verdict.getClass().getSimpleName(), verdict::toString);
    if (row.has("writes")) {
      assertEquals(Cases.texts(row.get("writes")), texts(written(verdict)));
    }
    if (row.has("ttls")) {
      assertEquals(
          Cases.texts(row.get("ttls")),
          written(verdict).stream()
              .map(set -> set.type() + " " + set.ttlSeconds().map(String::valueOf).orElse("none"))
              .toList());
    }
    if (row.has("aliasZone")) {
      assertEquals(
          row.get("aliasZone").asText(),
          written(verdict).getFirst().alias().orElseThrow().hostedZoneId());
    }
    if (row.has("touches")) {
      assertEquals(
          Cases.texts(row.get("touches")).stream().map(t -> t.replace("us:", "")).toList(),
          texts(touched(verdict)));
    }
  }

  private static List<RecordSet> written(Verdict verdict) {
    return verdict instanceof Verdict.Update update
        ? ((RecordNameSpec) update.desired()).recordSets()
        : ((RecordNameSpec) ((Verdict.Create) verdict).desired()).recordSets();
  }

  private static List<RecordSet> touched(Verdict verdict) {
    return verdict instanceof Verdict.Update update
        ? ((LiveRecordName) update.observed()).spec().recordSets()
        : ((LiveRecordName) ((Verdict.Delete) verdict).observed()).spec().recordSets();
  }

  private static void standings(JsonNode row, NamePlan plan, List<ClaimRow> claims) {
    if (!row.has("standings")) {
      return;
    }
    var told = new TreeMap<String, String>();
    var reasons = new ArrayList<String>();
    claims.forEach(c -> told.put(teller(row, c), c.standing().name()));
    for (var claim :
        NameStandings.changed(
            plan, claims, _ -> new NameStandings.InForce(), true, Instant.EPOCH)) {
      told.put(teller(row, claim), claim.standing().name());
      reasons.add(claim.reason());
    }
    var want = new TreeMap<String, String>();
    row.get("standings").properties().forEach(e -> want.put(e.getKey(), e.getValue().asText()));
    assertEquals(want, told);
    assertTrue(reasons.toString().contains(row.path("reason").asText("")), reasons::toString);
  }

  /** Objects of one name in several clusters are told apart by the cluster. */
  private static String teller(JsonNode row, ClaimRow claim) {
    return row.get("claims").get(0).has("cluster")
        ? claim.member().cluster()
        : claim.pointing().orElseThrow().resourceLabel();
  }

  /**
   * {@code was}: the load balancer that the name's records were last written for, {@code wasSet}
   * under which set identifier.
   */
  private static ClaimRow claim(JsonNode row, JsonNode claim) {
    var standing = Standing.valueOf(claim.path("standing").asText("PENDING"));
    var set = text(claim, "set");
    var pointing = pointing(claim, text(claim, "lb"), set);
    var was =
        text(claim, "was")
            .map(lb -> pointing(claim, Optional.of(lb), text(claim, "wasSet").or(() -> set)));
    return new ClaimRow(
        row.get("host").asText(),
        Scope.global("1"),
        new Scope("1", "r"),
        Specs.STACK,
        new ObjectKey(
            claim.path("cluster").asText("demo"),
            ObjectKind.INGRESS,
            "ns",
            claim.get("of").asText()),
        claim.path("seq").asLong(1),
        Optional.of(pointing),
        standing,
        "",
        Optional.empty(),
        Instant.EPOCH,
        standing == Standing.LIVE ? Optional.of(pointing) : was);
  }

  private static Optional<String> text(JsonNode claim, String field) {
    return Optional.ofNullable(claim.get(field)).map(JsonNode::asText);
  }

  private static Pointing pointing(
      JsonNode claim, Optional<String> balancer, Optional<String> set) {
    return new Pointing(
        balancer.map(name -> new RecordSet.Alias("ZLB", name, true)),
        false,
        claim.has("values") ? Cases.texts(claim.get("values")) : List.of(),
        claim.path("alias").asBoolean(false),
        claim.has("ttl") ? Optional.of(claim.get("ttl").asLong()) : Optional.empty(),
        Map.of(),
        set,
        claim.get("of").asText());
  }

  /** {@code NAME TYPE VALUE}: an alias begins with an arrow, a TXT is {@code owner:resource}. */
  private static RecordSet set(String text) {
    var words = text.split(" ");
    if (words[2].startsWith("->")) {
      return Specs.alias(words[0], words[1], words[2].substring(2));
    }
    if (words[1].equals("TXT")) {
      int colon = words[2].indexOf(':');
      return Specs.txt(words[0], words[2].substring(0, colon), words[2].substring(colon + 1));
    }
    return Specs.values(words[0], words[1], words[2].split(","));
  }

  private static List<String> texts(List<RecordSet> sets) {
    return sets.stream().map(NamesTest::text).toList();
  }

  private static String text(RecordSet set) {
    var value =
        set.alias().map(a -> "->" + a.dnsName()).orElseGet(() -> String.join(",", set.values()));
    var txt =
        value
            .replace("\"heritage=external-dns,external-dns/owner=us,external-dns/resource=", "")
            .replace("\"", "");
    return set.name() + " " + set.type() + " " + txt;
  }

  private static List<HostedZone> zones(JsonNode row) {
    var zones = new ArrayList<HostedZone>();
    if (!row.has("zones")) {
      zones.add(new HostedZone("Z1", "ex.com.", false, Map.of()));
    }
    row.path("zones")
        .forEach(text -> {
          var words = text.asText().split(" ");
          zones.add(new HostedZone(words[0], words[1], words.length > 2, Map.of()));
        });
    return zones;
  }

  private static DnsSettings settings(JsonNode row) {
    return new DnsSettings(
        OWNER,
        row.path("prefix").asText(""),
        "",
        row.path("wildcard").asText(""),
        DnsPolicy.valueOf(row.path("policy").asText("SYNC")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        true,
        300);
  }
}
