package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.log.CommandFeed;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.CloudFact.ApplyStarted;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;

/** The role between a feed and a log that fails: nothing that was told is lost. */
class ApplyRoleTest {
  private static final Scope SCOPE = Bench.SCOPE;
  private static final Scope GLOBAL = Scope.global("111122223333");

  private final VirtualTimeline timeline = new VirtualTimeline();
  private final MemoryLog memory = new MemoryLog(timeline);
  private final FailingLog log = new FailingLog(memory);
  private final ScriptedCloud cloud = new ScriptedCloud();
  private final CommandFeed<Command> feed = memory.commands().join();
  private final ApplyRole role = role(feed, "tenure-");
  private int tenures;

  private ApplyRole role(CommandFeed<Command> from, String tenure) {
    cloud.on("RegisterTargets", RegisterTargetsResponse.builder().build());
    return new ApplyRole(
        new ApplyRole.Parts(
            log,
            from,
            _ -> cloud,
            ClientSecrets.none(),
            (_, _, _) -> List.of(),
            timeline,
            () -> tenure + ++tenures,
            Rates.published(),
            Limits.defaults(),
            CrashPoints.none()),
        (_, task) -> Bench.inline(task));
  }

  private void turn() throws LogFailed, InterruptedException {
    role.turn(Duration.ZERO);
  }

  private void open(Scope scope, String id) {
    var command = command(scope, id, id);
    memory.commands().open(scope, RecordKeys.of(command), command);
  }

  private Command command(Scope scope, String id, String group) {
    var key = new CommandKey(Bench.key(ResourceKind.TARGET_GROUP, group), Lane.REGISTER);
    var target = new Target("10.0.0.1", 80, Optional.empty());
    return new Command(
        id,
        scope,
        key,
        1,
        timeline.now(),
        Urgency.REGISTER,
        new Cause(1, "blue|Ingress|default/web", "a test", false),
        new Operation.RegisterTargets("arn", List.of(target)));
  }

  private List<EventBody> events(Scope scope) {
    return memory.read(scope, 0).stream().map(kept -> kept.event().body()).toList();
  }

  private List<Result> results(Scope scope) {
    return events(scope).stream()
        .filter(CommandSettled.class::isInstance)
        .map(event -> ((CommandSettled) event).result())
        .toList();
  }

  @Test
  void whatWasToldWhileTheLogWasAwayIsTakenWhenItIsBack() throws Exception {
    memory.register(SCOPE);
    memory.register(GLOBAL);
    open(SCOPE, "web");
    open(GLOBAL, "api");
    log.fail(LogFailed.Fault.UNREACHABLE, 3);
    for (var i = 0; i < 3; i++) {
      turn();
      assertFalse(role.ready(), "a scope has no applier yet");
      assertTrue(cloud.operations().isEmpty());
    }
    turn();
    turn();
    assertTrue(role.ready());
    for (var scope : List.of(SCOPE, GLOBAL)) {
      assertInstanceOf(ApplyStarted.class, events(scope).getFirst());
      assertEquals(List.of(new Result.Applied()), results(scope));
    }
  }

  @Test
  void aScopeThatWasTakenAwayBeforeItsApplierBeganIsNotBegun() throws Exception {
    List.of(SCOPE, GLOBAL, new Scope("000000000000", "us-west-2")).forEach(memory::register);
    log.fail(LogFailed.Fault.UNREACHABLE, FailingLog.ALWAYS);
    turn();
    var second = memory.commands().join();
    turn();
    second.poll(Duration.ZERO);
    log.fail(LogFailed.Fault.UNREACHABLE, 0);
    turn();
    assertFalse(role.open().containsKey(GLOBAL), "the second member holds it");
    assertEquals(List.of(), events(GLOBAL));
    assertTrue(role.open().containsKey(SCOPE));
    assertInstanceOf(ApplyStarted.class, events(SCOPE).getFirst());
  }

  /** Tells what the test says, one list a poll. */
  private final class ScriptedFeed implements CommandFeed<Command> {
    private final Deque<List<FeedEvent<Command>>> polls = new ArrayDeque<>();

    @Override
    public List<FeedEvent<Command>> poll(Duration atMost) {
      return polls.isEmpty() ? List.of() : polls.removeFirst();
    }

    @Override
    public Instant lastPoll() {
      return timeline.now();
    }

    @Override
    public void close() {}
  }

  private FeedEvent<Command> opened(String id) {
    var command = command(SCOPE, id, "web");
    return new FeedEvent.Opened<>(SCOPE, RecordKeys.of(command), 1, command);
  }

  @Test
  void nothingIsExecutedBeforeTheTableIsReadToItsEnd() throws Exception {
    memory.register(SCOPE);
    var scripted = new ScriptedFeed();
    scripted.polls.add(List.of(new FeedEvent.Assigned<>(SCOPE)));
    scripted.polls.add(List.of(opened("older")));
    scripted.polls.add(List.of(opened("newer")));
    scripted.polls.add(List.of(new FeedEvent.CaughtUp<>(SCOPE)));
    var applies = role(scripted, "scripted-");
    for (var i = 0; i < 3; i++) {
      applies.turn(Duration.ZERO);
      assertEquals(List.of(), cloud.operations());
      assertEquals(1, events(SCOPE).size(), "only ApplyStarted is said");
    }
    applies.turn(Duration.ZERO);
    var ids =
        events(SCOPE).stream()
            .filter(CommandSettled.class::isInstance)
            .map(event -> ((CommandSettled) event).commandId())
            .toList();
    assertEquals(List.of("newer"), ids);
    assertEquals(List.of("RegisterTargets"), cloud.operations());
  }

  @Test
  void anAnnouncementThatTheLogDoesNotTakeIsTriedAgain() throws Exception {
    memory.register(SCOPE);
    turn();
    turn();
    open(SCOPE, "web");
    log.fail(LogFailed.Fault.UNREACHABLE, 2);
    turn();
    assertEquals(List.of(new Result.Applied()), results(SCOPE));
    assertEquals(List.of("RegisterTargets"), cloud.operations());
  }

  @Test
  void aLogThatRefusesAnnouncementsEndsTheRoleInItsOwnWords() throws Exception {
    memory.register(SCOPE);
    turn();
    turn();
    open(SCOPE, "web");
    log.fail(LogFailed.Fault.DENIED, FailingLog.ALWAYS);
    var failed = assertThrows(LogFailed.class, this::turn);
    assertEquals(LogFailed.Fault.DENIED, failed.fault());
    var words = String.valueOf(failed.getMessage());
    assertTrue(words.contains("announcement") && words.contains("web"), words);
    assertTrue(words.contains("the log's own words"), words);
    assertTrue(cloud.operations().isEmpty());
  }

  @Test
  void anOutcomeThatTheLogNeverTakesEndsTheRoleWithinABound() throws Exception {
    memory.register(SCOPE);
    turn();
    turn();
    cloud.on(
        "RegisterTargets",
        _ -> {
          log.fail(LogFailed.Fault.UNREACHABLE, FailingLog.ALWAYS);
          return RegisterTargetsResponse.builder().build();
        });
    open(SCOPE, "web");
    var failed = assertThrows(LogFailed.class, this::turn);
    assertTrue(String.valueOf(failed.getMessage()).contains("outcome"), failed::getMessage);
    assertEquals(List.of("RegisterTargets"), cloud.operations());
  }

  @Test
  void anOutcomeWaitsForTheLog() throws Exception {
    memory.register(SCOPE);
    turn();
    turn();
    cloud.on(
        "RegisterTargets",
        _ -> {
          log.fail(LogFailed.Fault.UNREACHABLE, 5);
          return RegisterTargetsResponse.builder().build();
        });
    open(SCOPE, "web");
    turn();
    assertEquals(List.of(new Result.Applied()), results(SCOPE));
  }
}
