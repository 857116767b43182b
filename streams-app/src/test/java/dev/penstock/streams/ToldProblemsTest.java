package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import dev.penstock.streams.tables.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the owner of a member is told is wrong with it, and what is no problem of its own. */
final class ToldProblemsTest {
  private static final String HEALTH = "alb.ingress.kubernetes.io/healthcheck-path";
  private static final String HOST = "external-dns.alpha.kubernetes.io/hostname";

  private final World world = new World();

  @BeforeEach
  void serve() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.live(20_000, 500);
    assertEquals(List.of(), problems());
  }

  private List<MemberProblem> problems() {
    return world.tables.scan(Table.STACKS, Facts.REGION + "|").stream()
        .flatMap(e -> e.row().problems().stream())
        .toList();
  }

  private Command update() {
    return world.open.values().stream()
        .filter(c -> c.operation() instanceof Operation.Update)
        .findFirst()
        .orElseThrow();
  }

  /** What holds resources of the Region. */
  private Set<HoldRule> rules() {
    var rules = EnumSet.noneOf(HoldRule.class);
    world
        .tables
        .scan(Table.VERDICTS, Facts.REGION + "|")
        .forEach(e -> e.row().rule().ifPresent(rules::add));
    return rules;
  }

  private Set<HoldRule> rulesOfClaims() {
    var rules = EnumSet.noneOf(HoldRule.class);
    world
        .tables
        .scan(Table.CLAIMS, Facts.REGION + "|out|")
        .forEach(e -> e.row().rule().ifPresent(rules::add));
    return rules;
  }

  @Test
  void aRefusalIsToldWhateverWordsOfOursItHolds() {
    world.annotate("web", HEALTH, "/two");
    var words = "team edge is in shadow and is paused by nobody";
    world
        .answers()
        .settled(
            world,
            update(),
            new Result.Rejected(Fault.INVALID, "ValidationError", words),
            List.of(),
            Optional.empty());
    assertTrue(problems().toString().contains(words), problems()::toString);
  }

  @ParameterizedTest
  @CsvSource({"SHADOW, SHADOW", "RELEASED, RELEASED"})
  void whatStandsStillInAClusterThatIsNotOursIsNoProblemOfItsMembers(
      ClusterMode mode, HoldRule rule) {
    world.mode(mode);
    edit();
    assertEquals(Set.of(rule), rules());
    assertEquals(List.of(), problems());
  }

  @Test
  void whatStandsStillByAPauseIsNoProblemOfTheMembersNorAreTheirNames() {
    for (var scope : List.of(Facts.REGION, Facts.DNS)) {
      var target = new PauseTarget(PauseKind.CLUSTER, Facts.CLUSTER);
      world.append(scope, new PersonFact.Paused("ann", target, false));
    }
    edit();
    assertEquals(Set.of(HoldRule.PAUSE), rules());
    assertEquals(Set.of(HoldRule.PAUSE), rulesOfClaims());
    assertEquals(List.of(), problems());
  }

  private void edit() {
    world.annotate("web", HEALTH, "/two");
    world.annotate("web", HOST, "more.example.com");
    world.live(20_000, 500);
  }
}
