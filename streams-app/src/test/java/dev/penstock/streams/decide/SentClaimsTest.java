package dev.penstock.streams.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.event.ClaimFact.ClaimStood;
import dev.penstock.schemas.event.ClaimFact.Claimed;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.intent.IngressIntent.HostIntent;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a stack says of a name, and to which of its words an answer is. */
final class SentClaimsTest {
  private static final Scope REGION = Scope.parse("111122223333/us-west-2");
  private static final Scope DNS = Scope.parse("111122223333/global");
  private static final ObjectKey MEMBER = new ObjectKey("c1", ObjectKind.INGRESS, "default", "web");
  private static final StackId STACK = new StackId("c1", StackKind.INGRESS, "default/web");

  private final MemoryTables tables = new MemoryTables();

  private static HostClaim claim(String target) {
    var host =
        new HostIntent(
            "web.example.com",
            List.of(target),
            Optional.empty(),
            false,
            Map.of(),
            Optional.empty());
    var balancer = new ResourceKey(STACK, ResourceKind.LOAD_BALANCER, "LoadBalancer");
    return new HostClaim(MEMBER, host, balancer, false);
  }

  private static void send(Turn turn, String target) {
    new SentClaims(turn, STACK, List.of(DNS), new Holds(turn, STACK))
        .send(List.of(claim(target)), new Cause(1, "web", "it changed", false));
  }

  private Standing answered(long seq, long position) {
    var answer =
        new ClaimStood(
            "web.example.com", DNS, STACK, MEMBER, seq, Standing.LIVE, "", Optional.empty());
    Step.step(tables, new Event(REGION, REGION + "|test", answer), position, Instant.EPOCH);
    return tables.scan(Table.CLAIMS, REGION + "|out|").getFirst().row().standing();
  }

  @Test
  void anAnswerIsToOneOfTheWordsOfOneDecision() {
    var turn = new Turn(tables, REGION, Step.chain(tables, REGION), 0, Instant.EPOCH);
    send(turn, "192.0.2.1");
    send(turn, "192.0.2.2");
    turn.write();
    var said = turn.effects().events().stream().map(Event::body).map(Claimed.class::cast).toList();

    assertEquals(2, said.size());
    assertEquals(Standing.PENDING, answered(said.getFirst().seq(), 1));
    assertEquals(Standing.LIVE, answered(said.getLast().seq(), 2));
  }
}
