package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands of targets while the world goes on changing. */
final class TargetDecisionsTest {
  private final Serving serving = Serving.web();

  private void terminating(int number, int... others) {
    serving.upsert(Facts.deleted(Facts.pod(number)));
    var endpoints = new ArrayList<>(Facts.slice(others).endpoints());
    endpoints.add(Facts.endpoint(number, false));
    serving.upsert(Facts.slice(endpoints));
  }

  private List<String> leaving() {
    return serving.open(Lane.DEREGISTER).stream()
        .flatMap(c -> Serving.addresses(c).stream())
        .toList();
  }

  @Test
  void aQueuedDeregisterIsTakenBackWhenTheOtherTargetFails() {
    terminating(1, 2);
    assertEquals(List.of(Facts.address(1)), leaving());
    serving.world.answers().unhealthy.add(Facts.address(2));
    serving.look(6 * 60_000);
    assertEquals(List.of(), leaving());
    serving.world.answers().unhealthy.clear();
    serving.look(60_000);
    assertEquals(List.of(Facts.address(1)), leaving());
  }

  @Test
  void aDeregisterThatWasTriedIsNotTakenBack() {
    terminating(1, 2);
    var tried = serving.open(Lane.DEREGISTER).getFirst();
    serving.attempted(tried);
    serving.world.answers().unhealthy.add(Facts.address(2));
    serving.look(6 * 60_000);
    assertEquals(List.of(tried), serving.open(Lane.DEREGISTER));
  }

  @Test
  void aGonePodJoinsTheQueuedDeregisterAndHastensIt() {
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    serving.world.live(20_000, 500);
    terminating(1, 2, 3);
    assertEquals(Urgency.DEREGISTER, serving.open(Lane.DEREGISTER).getFirst().urgency());
    serving.look(2_000);
    serving.removed(Facts.pod(2), true);
    terminating(1, 3);
    var open = serving.open(Lane.DEREGISTER).getFirst();
    assertEquals(Urgency.DEREGISTER_GONE, open.urgency());
    assertEquals(Set.of(Facts.address(1), Facts.address(2)), Set.copyOf(Serving.addresses(open)));
  }

  @Test
  void aTargetThatLeavesAndIsGoneThenLeavesMoreUrgently() {
    terminating(1, 2);
    var queued = serving.open(Lane.DEREGISTER).getFirst();
    serving.look(2_000);
    serving.removed(Facts.pod(1), true);
    serving.upsert(Facts.slice(2));
    var open = serving.open(Lane.DEREGISTER).getFirst();
    assertEquals(queued.operation(), open.operation());
    assertEquals(Urgency.DEREGISTER_GONE, open.urgency());
  }

  @Test
  void aCommandThatMayJustBeTriedIsReplacedOnlyASecondLater() {
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    var young = serving.open(Lane.REGISTER);
    serving.world.pass(100);
    serving.upsert(Facts.slice(1, 2));
    serving.removed(Facts.pod(3), true);
    assertEquals(young, serving.open(Lane.REGISTER));
    serving.look(2_000);
    assertEquals(List.of(), serving.open(Lane.REGISTER), "and without another change");
  }

  private void endpoints(int... numbers) {
    for (var number : numbers) {
      serving.upsert(Facts.pod(number));
    }
    serving.upsert(Facts.slice(numbers));
  }

  private void attempted(Command command, int attempt) {
    serving.world.append(
        Facts.REGION,
        new CloudFact.Attempted(command.id(), command.key(), Answers.TENURE, attempt));
  }

  /** A register of pod 3 that is throttled, and replaced for pod 4. */
  private Command replacing() {
    endpoints(1, 2, 3);
    var older = serving.open(Lane.REGISTER).getFirst();
    attempted(older, 1);
    endpoints(1, 2, 3, 4);
    assertEquals(List.of(older), serving.open(Lane.REGISTER), "its answer comes first");
    attempted(older, 2);
    var newer = serving.open(Lane.REGISTER).getFirst();
    assertEquals(List.of(Facts.address(3), Facts.address(4)), Serving.addresses(newer));
    return older;
  }

  @Test
  void aRegisterThatIsTriedAgainAndAgainGivesWayToANewerEndpoint() {
    var older = replacing();
    attempted(older, 3);
    var throttled =
        new Call("elasticloadbalancing", "RegisterTargets", true, "r-1", 400, "Throttling", 5);
    serving.world.append(Facts.REGION, superseded(older, List.of(throttled)));
    assertTrue(
        serving.world.effects.getLast().audit().stream()
            .anyMatch(a ->
                a.entry() instanceof AuditEntry.Settled(var id, _, _, var calls)
                    && id.equals(older.id())
                    && calls.equals(List.of(throttled))));
    serving.world.answers().answer(serving.world, serving.open(Lane.REGISTER).getFirst());
    serving.look(60_000);
    assertEquals(List.of(), serving.open(Lane.REGISTER));
  }

  private static CloudFact.CommandSettled superseded(Command command, List<Call> calls) {
    return new CloudFact.CommandSettled(
        command.id(),
        command.key(),
        Answers.TENURE,
        3,
        new Result.Superseded(),
        List.of(),
        Optional.empty(),
        calls);
  }

  @Test
  void whenTheApplierDiesWhatAReplacedCommandDidIsUnknown() {
    var group = replacing().key().resource();
    assertTrue(binding(group).registrationsKnown());
    serving.world.append(Facts.REGION, new CloudFact.ApplyStarted("applier-2"));
    assertFalse(binding(group).registrationsKnown());
  }

  private BindingRow binding(ResourceKey group) {
    return serving.world.tables.get(Table.BINDINGS, Facts.REGION + "|" + group).orElseThrow();
  }

  @Test
  void aQueuedRegisterOfAPodThatDiedIsTakenBack() {
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    assertEquals(1, serving.open(Lane.REGISTER).size());
    serving.look(2_000);
    serving.upsert(Facts.slice(1, 2));
    serving.removed(Facts.pod(3), true);
    assertEquals(List.of(), serving.open(Lane.REGISTER));
  }

  @Test
  void aRefusedRegisterWaitsForItsPauseAndNotForTheNextHealthAnswer() {
    serving.world.answers().unhealthy.add(Facts.address(2));
    serving.look(6 * 60_000);
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    serving.came(
        serving.open(Lane.REGISTER).getFirst(),
        new Result.Rejected(Fault.QUOTA, "TooManyTargets", "the group is full"));
    serving.forget();
    serving.world.answers().unhealthy.clear();
    serving.look(60_000);
    assertTrue(!healthReads().isEmpty());
    assertEquals(List.of(), serving.commanded(Lane.REGISTER));
    serving.look(5 * 60_000);
    assertEquals(1, serving.commanded(Lane.REGISTER).size());
  }

  @Test
  void aRefusedRegisterIsTriedAgainWhenAnEndpointChanges() {
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    serving.came(
        serving.open(Lane.REGISTER).getFirst(),
        new Result.Rejected(Fault.QUOTA, "TooManyTargets", "the group is full"));
    assertEquals(List.of(), serving.open(Lane.REGISTER));
    serving.upsert(Facts.pod(4));
    serving.upsert(Facts.slice(1, 2, 3, 4));
    assertEquals(
        List.of(Facts.address(3), Facts.address(4)),
        Serving.addresses(serving.open(Lane.REGISTER).getFirst()));
  }

  @Test
  void whatMustBeReadBeforeATargetMovesIsReadUrgently() {
    serving.world.append(Facts.REGION, new CloudFact.ApplyStarted("applier-0"));
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    var register = serving.open(Lane.REGISTER).getFirst();
    serving.world.append(
        Facts.REGION, new CloudFact.Attempted(register.id(), register.key(), "applier-0", 1));
    serving.forget();
    serving.world.append(Facts.REGION, new CloudFact.ApplyStarted(Answers.TENURE));
    serving.look(60_000);
    var reads = healthReads();
    assertTrue(!reads.isEmpty() && reads.getFirst().urgency() == Urgency.STRUCTURE, "" + reads);
  }

  @Test
  void aSteadyGroupIsReadAtLeisure() {
    serving.look(6 * 60_000);
    var reads = healthReads();
    assertTrue(!reads.isEmpty(), "the slow poll");
    assertTrue(reads.stream().allMatch(c -> c.urgency() == Urgency.TAGS), "" + reads);
  }

  private List<Command> healthReads() {
    return serving.commanded(Lane.OBSERVE).stream()
        .filter(c -> c.operation() instanceof Operation.Observe(Reading.ReadTargetHealth _))
        .toList();
  }
}
