package dev.penstock.plan.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.plan.Specs;
import dev.penstock.plan.targets.TargetsIntent.Selected;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Registered;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of the rows of targets whose address another server has taken. */
final class TargetTableTest {
  private static final Endpoint POD =
      new Endpoint("apps", "p1", "uid", "n1", true, false, true, Standing.WANTED);

  @Test
  void aServerWhoseAddressAnotherOneHasIsGoneWhoeverRegisteredIt() {
    var stranger = registered(Optional.of("0x01"), Optional.empty());
    var before = registered(Optional.of("0x02"), Optional.of(POD));
    var shown = new Target("10.0.0.1", 80, Optional.empty(), Optional.of("0x03"));
    var want =
        Map.of(
            "10.0.0.1:80:0x01", "GONE", "10.0.0.1:80:0x02", "GONE", "10.0.0.1:80:0x03", "WANTED");
    assertEquals(want, standings(shown, List.of(stranger, before)));
  }

  @Test
  void anEndpointWithoutServerIdTakesNobodysAddress() {
    var stranger = registered(Optional.of("0x01"), Optional.empty());
    var shown = new Target("10.0.0.1", 80, Optional.empty());
    assertEquals(
        Map.of("10.0.0.1:80:0x01", "-", "10.0.0.1:80", "WANTED"),
        standings(shown, List.of(stranger)));
  }

  @Test
  void aPodThatIsNotThereIsGoneWhateverElseCouldNotBeListed() {
    var before = List.of(registered(Optional.empty(), Optional.of(POD)));
    for (var kind : ObjectKind.values()) {
      var want = kind == ObjectKind.POD ? "WANTED" : "GONE";
      assertEquals(
          Map.of("10.0.0.1:80", want), standings(List.of(), before, Set.of(kind)), kind.text());
    }
  }

  private static Map<String, String> standings(Target shown, List<TargetRow> before) {
    return standings(List.of(new Selected(shown, POD)), before, Set.of());
  }

  private static Map<String, String> standings(
      List<Selected> shown, List<TargetRow> before, Set<ObjectKind> unlisted) {
    var binding =
        new TargetBinding(
            Specs.key(ResourceKind.TARGET_GROUP, "web"),
            "demo",
            "apps",
            "web-tg",
            "web",
            new PortReference.Numbered(80),
            "ip",
            "ipv4",
            "vpc-1",
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            "QUIC");
    var cluster =
        new Manifest(
            EndpointsTest.registration(true), JsonNodeFactory.instance.arrayNode(), unlisted);
    var intent = new TargetsIntent.Resolved(shown, Optional.empty());
    var rows = new TargetTable(binding, cluster).merge(intent, before, Instant.EPOCH);
    var standings = new TreeMap<String, String>();
    rows.forEach(row ->
        standings.put(
            row.target().toString(), row.endpoint().map(e -> e.standing().name()).orElse("-")));
    return standings;
  }

  private static TargetRow registered(Optional<String> server, Optional<Endpoint> endpoint) {
    var target = new Target("10.0.0.1", 80, Optional.empty(), server);
    var health = new TargetHealth(target, "healthy", "", "");
    return new TargetRow(
        target, endpoint, Optional.of(new Registered(health, 1, Instant.EPOCH, 0)));
  }
}
