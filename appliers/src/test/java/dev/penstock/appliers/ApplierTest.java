package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.appliers.ScriptedCloud.Reply;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact.ApplyStarted;
import dev.penstock.schemas.event.CloudFact.Attempted;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.Observation.ResourceUnknown;
import dev.penstock.schemas.event.Observation.TargetsSeen;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;

/** What an applier does around the calls: attempts, retries, outcomes, superseding, bounds. */
class ApplierTest {
  private static final String ARN = "arn:aws:elasticloadbalancing:us-west-2:1:targetgroup/web/1";
  private static final ResourceKey GROUP = Bench.key(ResourceKind.TARGET_GROUP, "default/web:80");
  private static final Reply REGISTERED = _ -> RegisterTargetsResponse.builder().build();

  private final Bench bench = new Bench();

  private Command register(String id, int targets) {
    var all =
        IntStream.range(0, targets)
            .mapToObj(i -> new Target("10.0." + i / 250 + "." + i % 250, 80, Optional.empty()))
            .toList();
    return bench.command(id, GROUP, Lane.REGISTER, new Operation.RegisterTargets(ARN, all));
  }

  @Test
  void anAttemptIsInTheLogBeforeItsCallAndTheOutcomeAfterIt() {
    bench.cloud.on("RegisterTargets", REGISTERED);
    var settled = bench.run(register("c", 1));
    assertInstanceOf(Result.Applied.class, settled.result());
    var events = bench.events();
    assertInstanceOf(ApplyStarted.class, events.get(0));
    assertInstanceOf(Attempted.class, events.get(1));
    assertInstanceOf(CommandSettled.class, events.get(2));
    var call = settled.calls().getFirst();
    assertEquals("elasticloadbalancing", call.service());
    assertEquals("RegisterTargets", call.operation());
    assertEquals("r-1", call.requestId());
    assertTrue(call.write());
  }

  @Test
  void aThrottledCallIsRepeatedAsANewAttempt() {
    bench.cloud.on("RegisterTargets", ScriptedCloud.refuse("Throttling"), REGISTERED);
    var settled = bench.run(register("c", 1));
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(2, settled.attempts());
    assertEquals(2, bench.attempts("c").size());
    assertEquals(List.of("Throttling", ""), settled.calls().stream().map(c -> c.code()).toList());
  }

  @Test
  void whatFailsForThirtySecondsIsDeferred() {
    bench.cloud.on("RegisterTargets", ScriptedCloud.refuse("Throttling"));
    var before = bench.timeline.now();
    var settled = bench.run(register("c", 1));
    var deferred = assertInstanceOf(Result.Deferred.class, settled.result());
    assertEquals(Fault.THROTTLED, deferred.fault());
    var took = Duration.between(before, bench.timeline.now());
    assertTrue(took.compareTo(Duration.ofSeconds(15)) > 0, () -> "took " + took);
    assertTrue(took.compareTo(Duration.ofSeconds(60)) < 0, () -> "took " + took);
    assertTrue(settled.attempts() > 1);
  }

  @Test
  void aWriteThatIsNeverAnsweredIsUnanswered() {
    bench.cloud.on("RegisterTargets", ScriptedCloud.lose());
    var settled = bench.run(register("c", 1));
    assertInstanceOf(Result.Unanswered.class, settled.result());
  }

  @Test
  void aDefectInAWriteIsUnansweredAndTheApplierGoesOn() {
    bench.cloud.on(
        "RegisterTargets",
        _ -> {
          throw new IllegalStateException("a client's defect");
        },
        REGISTERED);
    assertInstanceOf(Result.Unanswered.class, bench.run(register("bad", 1)).result());
    assertInstanceOf(Result.Applied.class, bench.run(register("good", 2)).result());
  }

  @Test
  void aDefectThatWroteNothingIsARefusalWithoutTheDefectsWords() {
    bench.cloud.on("CreateRule", ScriptedCloud.refuse("PriorityInUse"));
    bench.cloud.on(
        "DescribeRules",
        _ -> {
          throw new IllegalStateException("perhaps a secret");
        });
    var create = new Operation.Create(Samples.rule());
    var rejected = Bench.rejected(bench.write(ResourceKind.LISTENER_RULE, "80:x", create));
    assertEquals(Fault.INVALID, rejected.fault());
    assertEquals("a defect: java.lang.IllegalStateException", rejected.message());
  }

  @Test
  void aRefusalCarriesTheWordsOfAws() {
    bench.cloud.on("RegisterTargets", ScriptedCloud.refuse("AccessDenied"));
    var rejected = Bench.rejected(bench.run(register("c", 1)));
    assertEquals(Fault.DENIED, rejected.fault());
    assertEquals("AccessDenied in AWS's words", rejected.message());
    assertEquals(1, bench.cloud.operations().size());
  }

  @Test
  void aNewerCommandReplacesAnOlderOneBetweenAttempts() {
    bench.cloud.on("RegisterTargets", ScriptedCloud.refuse("Throttling"), REGISTERED);
    var newer = register("newer", 2);
    bench.timeline.meanwhile(() -> bench.open(newer));
    assertInstanceOf(Result.Superseded.class, bench.run(register("older", 1)).result());
    assertInstanceOf(Result.Applied.class, bench.settled("newer").result());
    var sent = bench.cloud.requests(RegisterTargetsRequest.class);
    assertEquals(List.of(1, 2), sent.stream().map(r -> r.targets().size()).toList());
  }

  @Test
  void aWriteThatMayHaveHadAnEffectIsNotSuperseded() {
    bench.cloud.on("RegisterTargets", ScriptedCloud.lose(), REGISTERED);
    var newer = register("newer", 2);
    bench.timeline.meanwhile(() -> bench.open(newer));
    assertInstanceOf(Result.Applied.class, bench.run(register("older", 1)).result());
    assertInstanceOf(Result.Applied.class, bench.settled("newer").result());
  }

  @Test
  void aRegisterCommandOlderThanAMinuteIsDecidedAnew() {
    var command = register("c", 1);
    bench.timeline.pass(Duration.ofSeconds(61));
    var deferred = assertInstanceOf(Result.Deferred.class, bench.run(command).result());
    assertEquals(Fault.STALE, deferred.fault());
    assertTrue(bench.cloud.operations().isEmpty());
  }

  @Test
  void aRegisterCommandThatGetsOldBetweenItsCallsIsDecidedAnewForTheRest() {
    bench.cloud.on(
        "RegisterTargets",
        request -> {
          bench.timeline.pass(Duration.ofSeconds(61));
          return REGISTERED.to(request);
        });
    var settled = bench.run(register("c", 201));
    var deferred = assertInstanceOf(Result.Deferred.class, settled.result());
    assertEquals(Fault.STALE, deferred.fault());
    assertEquals(1, bench.cloud.operations().size());
    assertEquals(200, Bench.seen(settled, TargetsSeen.class).targets().size());
  }

  @Test
  void aRegisterCommandThatGetsOldWhileNoPollSucceedsIsDecidedAnew() {
    var command = register("c", 1);
    bench.timeline.pass(Duration.ofSeconds(45));
    pollAgainAfter(Duration.ofSeconds(20));
    var deferred = assertInstanceOf(Result.Deferred.class, bench.run(command).result());
    assertEquals(Fault.STALE, deferred.fault());
    assertEquals(List.of(), bench.cloud.operations());
  }

  @Test
  void aCommandDoesNotWaitForeverForAPoll() {
    pollAgainAfter(Duration.ofHours(1));
    var deferred = assertInstanceOf(Result.Deferred.class, bench.run(register("c", 1)).result());
    assertEquals(Fault.UNREACHABLE, deferred.fault());
    assertEquals(List.of(), bench.cloud.operations());
  }

  @Test
  void aTryThatNobodyAnsweredStaysUnansweredWhenTheCommandGetsOld() {
    var command = register("c", 1);
    bench.timeline.pass(Duration.ofSeconds(59));
    bench.cloud.on("RegisterTargets", ScriptedCloud.lose());
    assertInstanceOf(Result.Unanswered.class, bench.run(command).result());
  }

  private void pollAgainAfter(Duration duration) {
    var again = bench.timeline.now().plus(duration);
    bench.freezePoll(bench.timeline.now().minusSeconds(3));
    bench.timeline.meanwhile(() -> {
      if (bench.timeline.now().isAfter(again)) {
        bench.freezePoll(Instant.MAX);
      }
    });
  }

  @Test
  void noCallStartsWithoutAFreshPoll() {
    bench.cloud.on("RegisterTargets", REGISTERED);
    bench.freezePoll(bench.timeline.now().minusSeconds(3));
    bench.timeline.meanwhile(() -> {
      assertTrue(bench.cloud.operations().isEmpty());
      bench.freezePoll(bench.timeline.now());
    });
    assertInstanceOf(Result.Applied.class, bench.run(register("c", 1)).result());
  }

  @Test
  void aCommandIsAnsweredOnceUntilItsTombstoneComes() {
    bench.cloud.on("RegisterTargets", REGISTERED);
    var command = register("c", 1);
    bench.run(command);
    bench.applier.dispatch();
    assertEquals(1, bench.cloud.operations().size());
    bench.settled("c");
  }

  @Test
  void anApplierWhoseAnswersCloseNothingAnnouncesItselfAgain() {
    bench.cloud.on("RegisterTargets", REGISTERED);
    bench.run(register("c", 1));
    assertEquals(1, startsAfter(Duration.ofSeconds(5)));
    assertEquals(2, startsAfter(Duration.ofSeconds(1)));
    assertEquals(2, startsAfter(Duration.ofSeconds(29)));
    assertEquals(3, startsAfter(Duration.ofSeconds(1)));
    bench.freezePoll(bench.timeline.now());
    assertEquals(3, startsAfter(Duration.ofSeconds(60)));
    bench.freezePoll(Instant.MAX);
    assertEquals(4, startsAfter(Duration.ofSeconds(0)));
    bench.close(register("c", 1));
    assertEquals(4, startsAfter(Duration.ofSeconds(60)));
    assertEquals(1, bench.cloud.operations().size());
  }

  /** How often the applier has said by then that the scope is its own. */
  private long startsAfter(Duration duration) {
    bench.timeline.pass(duration);
    bench.applier.dispatch();
    return bench.events().stream().filter(new ApplyStarted("tenure-1")::equals).count();
  }

  @Test
  void targetsAreSentTwoHundredACall() {
    bench.cloud.on("RegisterTargets", REGISTERED);
    bench.run(register("c", 450));
    var sent = bench.cloud.requests(RegisterTargetsRequest.class);
    assertEquals(List.of(200, 200, 50), sent.stream().map(r -> r.targets().size()).toList());
  }

  @Test
  void oneBadTargetFailsAlone() {
    Reply some =
        request -> {
          var targets = ((RegisterTargetsRequest) request).targets();
          if (targets.stream().anyMatch(t -> t.id().equals("10.0.0.3"))) {
            return ScriptedCloud.refuse("InvalidTarget").to(request);
          }
          return RegisterTargetsResponse.builder().build();
        };
    bench.cloud.on("RegisterTargets", some);
    var settled = bench.run(register("c", 8));
    assertEquals("InvalidTarget", Bench.rejected(settled).code());
    var seen = Bench.seen(settled, TargetsSeen.class);
    assertFalse(seen.complete());
    var refused = seen.targets().stream().filter(t -> t.state().equals("refused")).toList();
    assertEquals(List.of("10.0.0.3"), refused.stream().map(t -> t.target().id()).toList());
    assertEquals(7, seen.targets().stream().filter(t -> t.state().equals("registered")).count());
  }

  @Test
  void aGroupThatStaysMissingIsNotKnownAnyMore() {
    bench.cloud.on("RegisterTargets", ScriptedCloud.refuse("TargetGroupNotFound"));
    var settled = bench.run(register("c", 1));
    assertEquals(Fault.GONE, Bench.rejected(settled).fault());
    assertEquals(GROUP, Bench.seen(settled, ResourceUnknown.class).resource());
    assertTrue(settled.attempts() > 1, "it may only not have been visible yet");
  }

  @Test
  void aStoppedApplierBeginsNothing() {
    bench.applier.stop();
    bench.open(register("c", 1));
    bench.applier.dispatch();
    assertTrue(bench.cloud.operations().isEmpty());
  }
}
