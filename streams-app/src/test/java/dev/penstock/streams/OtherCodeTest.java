package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry.PersonDecided;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.PersonFact.HoldApproved;
import dev.penstock.schemas.event.PersonFact.ScopeSettingsChanged;
import dev.penstock.schemas.event.ScopeFact.DecisionsChanged;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other deciding code than before leaves out waits for a person (design §3, §7). */
final class OtherCodeTest {
  private static final String STACK = Facts.REGION + "|c1|ingress|default/a|";
  private static final String RULES = Facts.REGION + "|c1|shared||SecurityGroupRules|sg-nodes";
  private static final int ONCE = 9;

  private final World world = new World();

  @BeforeEach
  void serve() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("a", "a.example.com", Map.of())));
    world.live(20_000, 500);
  }

  private void decidedBy(String version) {
    world.append(Facts.REGION, new DecisionsChanged(version, Optional.empty()));
    world.live(20_000, 1_000);
    world.commands.clear();
  }

  private List<Command> deletes() {
    return world.commands.stream().filter(c -> c.operation() instanceof Operation.Delete).toList();
  }

  private List<HoldRow> holds() {
    return world.tables.scan(Table.HOLDS, Facts.REGION + "|").stream().map(e -> e.row()).toList();
  }

  private void approve() {
    holds().forEach(hold -> world.append(Facts.REGION, new HoldApproved("ann", hold.id())));
    world.live(60_000, 5_000);
  }

  /** Another rule stands, too, that the code wanted before. */
  private <R extends Row> void wantedOnce(Table<R> table) {
    var rule = world.tables.scan(table, STACK + "ListenerRule|").getFirst();
    world.tables.put(table, rule.key() + "once", rule.row());
  }

  /** The code that decided before claimed another host name, too. */
  private void claimedOnce(String host) {
    var entry = world.tables.scan(Table.CLAIMS, Facts.REGION + "|out|").getFirst();
    var claim = entry.row();
    world.tables.put(
        Table.CLAIMS,
        entry.key().replace(claim.host(), host),
        new ClaimRow(
            host,
            claim.owner(),
            claim.claimant(),
            claim.stack(),
            claim.member(),
            claim.seq(),
            claim.pointing(),
            claim.standing(),
            claim.reason(),
            claim.rule(),
            claim.standingSince(),
            claim.inForce()));
  }

  private List<String> hosts() {
    return world.tables.scan(Table.CLAIMS, Facts.REGION + "|out|").stream()
        .filter(e -> e.row().pointing().isPresent())
        .map(e -> e.row().host())
        .toList();
  }

  private List<Permission> rules() {
    return world.answers().resources.get("sg-nodes") instanceof Live.LiveSecurityGroupRules live
        ? live.spec().ingress()
        : List.of();
  }

  private boolean isOpen(int port) {
    return rules().stream().anyMatch(rule -> rule.fromPort() == port);
  }

  /** The code that decided before let the load balancers in on one more port. */
  private void openedOnce() {
    var row = world.tables.get(Table.DESIRED, RULES).orElseThrow();
    var rules = new ArrayList<>(((SecurityGroupRulesSpec) row.spec()).ingress());
    var rule = rules.getFirst();
    rules.add(new Permission(rule.protocol(), ONCE, ONCE, rule.source(), rule.description()));
    var spec = new SecurityGroupRulesSpec("sg-nodes", rules);
    world.tables.put(
        Table.DESIRED,
        RULES,
        new DesiredRow(spec, row.wantedBy(), row.unwantedSince(), row.cause(), row.seq()));
    var there = new ArrayList<>(rules());
    var source = there.getFirst().source();
    there.add(new Permission(rule.protocol(), ONCE, ONCE, source, rule.description()));
    var seen =
        new Live.LiveSecurityGroupRules("sg-nodes", new SecurityGroupRulesSpec("sg-nodes", there));
    world.answers().resources.put("sg-nodes", seen);
    var observed = world.tables.get(Table.OBSERVED, RULES).orElseThrow();
    world.tables.put(
        Table.OBSERVED,
        RULES,
        new ObservedRow(
            new Present(seen),
            observed.position(),
            observed.at(),
            observed.seq(),
            observed.lastWritten()));
  }

  @Test
  void whatItRemovesStaysUntilAPersonApproves() {
    decidedBy("1");
    wantedOnce(Table.DESIRED);
    wantedOnce(Table.OBSERVED);
    world.append(Facts.REGION, new DecisionsChanged("2", Optional.empty()));
    world.live(900_000, 30_000);
    assertEquals(List.of(), deletes());
    assertTrue(holds().getFirst().sentence().contains("version 2"), holds()::toString);
    approve();
    assertEquals(1, deletes().size());
  }

  @Test
  void whatItRemovesBeforeTheLogNamesItIsHeld() {
    decidedBy("0");
    wantedOnce(Table.DESIRED);
    wantedOnce(Table.OBSERVED);
    world.annotate("a", "note", "an edit of something else");
    world.live(60_000, 5_000);
    assertEquals(List.of(), deletes());
    assertTrue(holds().getFirst().sentence().contains("version 1"), holds()::toString);
    approve();
    assertEquals(1, deletes().size());
    world.delete("a");
    world.live(900_000, 30_000);
    assertTrue(deletes().size() > 1, "what its owner deletes is asked for, whoever decides");
  }

  @Test
  void whoTakesAScopeBackIsInTheAuditAndWhatThatRemovesIsHeld() {
    decidedBy("2");
    wantedOnce(Table.DESIRED);
    wantedOnce(Table.OBSERVED);
    world.append(Facts.REGION, new DecisionsChanged("1", Optional.of("ann")));
    assertTrue(
        world.effects.stream()
            .flatMap(e -> e.audit().stream())
            .anyMatch(a -> a.entry().equals(new PersonDecided("ann", "took the scope back"))));
    world.live(60_000, 5_000);
    assertEquals(List.of(), deletes());
    assertTrue(holds().getFirst().sentence().contains("version 1"), holds()::toString);
  }

  @Test
  void aHostNameThatItNoLongerClaimsStaysUntilAPersonApproves() {
    decidedBy("1");
    claimedOnce("b.example.com");
    world.append(Facts.REGION, new DecisionsChanged("2", Optional.empty()));
    world.live(60_000, 5_000);
    world.annotate("a", "note", "an edit of something else");
    world.live(60_000, 5_000);
    assertEquals(2, hosts().size(), holds()::toString);
    approve();
    assertEquals(1, hosts().size());
    assertEquals(List.of(), holds());
  }

  @Test
  void aRuleOfASecurityGroupThatItLeavesOutStaysUntilAPersonApproves() {
    decidedBy("1");
    openedOnce();
    world.append(Facts.REGION, new DecisionsChanged("2", Optional.empty()));
    world.live(60_000, 5_000);
    assertTrue(isOpen(ONCE), holds()::toString);
    approve();
    assertFalse(isOpen(ONCE), rules()::toString);
    assertTrue(isOpen(8080), rules()::toString);
    assertEquals(List.of(), holds());
  }

  @Test
  void rulesStayAsLongAsTheTargetGroupBehindThemIsHeld() throws ChangeRefused {
    var none = RecordChange.apply(ScopeSettings.defaults(), Map.of("inferredDeletesBeforeHold", 0));
    world.append(Facts.REGION, new ScopeSettingsChanged("ann", none));
    world.list("watch-2", Facts.cluster());
    world.live(60_000, 5_000);
    assertEquals(1, holds().size());
    assertTrue(isOpen(8080), rules()::toString);
    approve();
    world.live(900_000, 30_000);
    assertEquals(List.of(), rules());
  }
}
