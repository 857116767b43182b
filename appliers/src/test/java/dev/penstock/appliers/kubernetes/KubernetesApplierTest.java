package dev.penstock.appliers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.kubernetes.ClusterFaults.Effect;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite.AddFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.RecordEvent;
import dev.penstock.schemas.command.KubernetesWrite.RemoveFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.SetLoadBalancerStatus;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tenure, attempts, retries, outcomes; and what happens to finalizers and addresses. */
final class KubernetesApplierTest {
  private static final String OURS = "ingress.k8s.aws/resources";
  private static final Result APPLIED = new Result.Applied();

  private final World world = new World();

  @Test
  void nothingIsDoneBeforeTheTableIsCaughtUp() {
    world.ingress("web");
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    world.work(Duration.ofMinutes(2));
    assertEquals(List.of(), world.facts());
    assertEquals(0, world.writes);
    world.applier.caughtUp();
    world.work(Duration.ofMinutes(2));
    assertEquals(
        List.of("started", "attempted command-1 1", "settled command-1 Applied"), world.facts());
  }

  @Test
  void aFinalizerIsAddedBesideOthers() {
    var uid = World.uid(world.ingress("web"));
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", uid, new AddFinalizer(OURS)));
    assertEquals("[\"other/finalizer\",\"" + OURS + "\"]", finalizers());
  }

  @Test
  void whatIsAlreadyThereIsAppliedWithoutAWriteAndWithoutAnAttempt() {
    world.ingress("web");
    world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS));
    world.events.clear();
    world.writes = 0;
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    assertEquals(0, world.writes);
    assertEquals(List.of("settled command-2 Applied"), world.facts());
  }

  @Test
  void aDefectIsTheEndOfItsCommandAlone() {
    world.ingress("web");
    world.beforePatch =
        () -> {
          throw new IllegalStateException("perhaps a secret");
        };
    var result = world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS));
    assertEquals(new Result.Unanswered("a defect: java.lang.IllegalStateException"), result);
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
  }

  @Test
  void anObjectThatIsBeingDeletedOrGoneTakesNoFinalizer() {
    world.ingress("web");
    world.delete(ObjectKind.INGRESS, "web");
    for (var name : List.of("web", "none")) {
      var result = world.run(ObjectKind.INGRESS, name, "", new AddFinalizer(OURS));
      assertEquals(Fault.GONE, assertInstanceOf(Result.Deferred.class, result).fault());
    }
    assertEquals(0, world.writes);
  }

  @Test
  void removingOurFinalizerLeavesOthersAndLetsTheObjectGo() {
    world.ingress("web");
    world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS));
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", new RemoveFinalizer(OURS)));
    assertEquals("[\"other/finalizer\"]", finalizers());
    world.delete(ObjectKind.INGRESS, "web");
    var other = new RemoveFinalizer("other/finalizer");
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", other));
    assertFalse(world.exists(ObjectKind.INGRESS, "web"));
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", other));
  }

  @Test
  void whatOthersWriteBetweenReadAndPatchIsKept() {
    world.ingress("web");
    world.beforePatch =
        () ->
            world.patch(
                ObjectKind.INGRESS,
                "web",
                "",
                "[{\"op\":\"add\",\"path\":\"/metadata/finalizers/0\",\"value\":\"late/comer\"}]");
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    assertEquals("[\"late/comer\",\"other/finalizer\",\"" + OURS + "\"]", finalizers());
  }

  @Test
  void aNewObjectOfTheSameNameIsNotWhatWasDecidedAbout() {
    world.ingress("web");
    for (var write : List.of(new AddFinalizer(OURS), new RemoveFinalizer(OURS), status("lb"))) {
      var result = world.run(ObjectKind.INGRESS, "web", "another-uid", write);
      var rejected = assertInstanceOf(Result.Rejected.class, result);
      assertEquals("UidMismatch", rejected.code());
    }
    assertEquals(0, world.writes);
  }

  @Test
  void addressesAreWrittenAndNothingElseIsTouched() {
    var uid = World.uid(world.ingress("web"));
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", uid, status("lb-1")));
    var after = world.get(ObjectKind.INGRESS, "web");
    assertEquals(
        "[{\"hostname\":\"lb-1\",\"ports\":[{\"port\":80,\"protocol\":\"TCP\"}]}]",
        after.path("status").path("loadBalancer").path("ingress").toString());
    assertEquals("yes", after.path("metadata").path("labels").path("kept").asText());
    world.writes = 0;
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", uid, status("lb-1")));
    assertEquals(0, world.writes);
  }

  @Test
  void aStatusIsNeverBlanked() {
    world.ingress("web");
    world.run(ObjectKind.INGRESS, "web", "", status("lb-1"));
    var blank = new SetLoadBalancerStatus(List.of());
    var result = world.run(ObjectKind.INGRESS, "web", "", blank);
    assertEquals(Fault.INVALID, assertInstanceOf(Result.Rejected.class, result).fault());
    assertTrue(world.get(ObjectKind.INGRESS, "web").toString().contains("lb-1"));
  }

  @Test
  void aStatusOfAnObjectThatIsGoneIsDeferred() {
    var result = world.run(ObjectKind.INGRESS, "none", "", status("lb"));
    assertEquals(Fault.GONE, assertInstanceOf(Result.Deferred.class, result).fault());
  }

  @Test
  void writesAreMadeInTheirOrder() {
    world.ingress("web");
    var result =
        world.run(
            ObjectKind.INGRESS,
            "web",
            "",
            new AddFinalizer(OURS),
            status("lb-1"),
            new RecordEvent("Normal", "Made", "it is made"));
    assertEquals(APPLIED, result);
    assertEquals(3, world.writes);
    assertEquals(
        List.of("started", "attempted command-1 1", "settled command-1 Applied"), world.facts());
  }

  @Test
  void aServerThatAsksForPatienceGetsIt() {
    world.ingress("web");
    world.fault("patch", "*", new Effect.Answer(429), 3);
    var start = world.now();
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    assertEquals(4, world.writes);
    assertTrue(world.facts().contains("attempted command-1 4"), world.facts().toString());
    assertTrue(Duration.between(start, world.now()).toSeconds() >= 3);
  }

  @Test
  void aServerThatNeverAnswersMakesTheCommandDeferredAfterThirtySeconds() {
    world.fault("get", "*", new Effect.Drop(false), -1);
    var result = world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS));
    assertEquals(Fault.UNREACHABLE, assertInstanceOf(Result.Deferred.class, result).fault());
    assertEquals(List.of("started", "settled command-1 Deferred"), world.facts());
    assertEquals(0, world.writes);
  }

  @Test
  void aWriteWithoutAnswerIsRepeatedAndHasOneEffect() {
    world.ingress("web");
    world.fault("patch", "*", new Effect.Drop(true), 1);
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    assertEquals("[\"other/finalizer\",\"" + OURS + "\"]", finalizers());
    assertEquals(1, world.writes);
  }

  @Test
  void aWriteThatIsNeverAnsweredIsUnanswered() {
    world.ingress("web");
    world.fault("patch", "*", new Effect.Drop(false), -1);
    var result = world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS));
    assertInstanceOf(Result.Unanswered.class, result);
  }

  @Test
  void aMissingPermissionIsRejectedInTheServersWords() {
    world.ingress("web");
    world.fault("patch", "*", new Effect.Answer(403), -1);
    var result = world.run(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS));
    var rejected = assertInstanceOf(Result.Rejected.class, result);
    assertEquals(Fault.DENIED, rejected.fault());
    assertEquals("Forbidden", rejected.code());
    assertEquals(1, world.writes);
  }

  @Test
  void nothingIsWrittenWhileTheScopeMayNotBeOurs() {
    world.ingress("web");
    world.oursUntil = Instant.MIN;
    world.applier.caughtUp();
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    world.work(Duration.ofMinutes(1));
    assertEquals(0, world.writes);
    assertEquals(List.of("started"), world.facts());
    world.oursUntil = Instant.MAX;
    world.work(Duration.ofMinutes(1));
    assertEquals(APPLIED, world.result("command-1"));
  }

  @Test
  void nothingIsWrittenWhenAReadTookLongerThanThePermitLasts() {
    world.slowReads = Duration.ofSeconds(3);
    nothingIsWrittenUntilAPoll("started");
  }

  @Test
  void nothingIsWrittenWhenTheAnnouncementTookLongerThanThePermitLasts() {
    world.slowAppends = Duration.ofMillis(1_500);
    nothingIsWrittenUntilAPoll("started", "attempted command-1 1");
  }

  private void nothingIsWrittenUntilAPoll(String... facts) {
    world.ingress("web");
    world.oursUntil = world.now().plusSeconds(2);
    world.applier.caughtUp();
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    world.work(Duration.ofMinutes(1));
    assertEquals(0, world.writes);
    assertEquals(List.of(facts), world.facts());
    world.oursUntil = Instant.MAX;
    world.work(Duration.ofMinutes(1));
    assertEquals(APPLIED, world.result("command-1"));
  }

  @Test
  void aNewerCommandReplacesAnOlderOneBetweenAttempts() throws LogFailed {
    world.ingress("web");
    world.applier.caughtUp();
    world.fault("patch", "*", new Effect.Answer(503), 1);
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", status("old")));
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", status("new")));
    world.applier.step();
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", status("newest")));
    world.work(Duration.ofSeconds(10));
    assertEquals(
        List.of(
            "started",
            "attempted command-2 1",
            "settled command-2 Unanswered",
            "attempted command-3 1",
            "settled command-3 Applied"),
        world.facts());
    assertTrue(world.get(ObjectKind.INGRESS, "web").toString().contains("newest"));
  }

  @Test
  void anAnsweredCommandIsNotTriedAgainUntilItIsClosed() {
    world.ingress("web");
    var command = world.command(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS));
    world.applier.caughtUp();
    world.applier.opened(command);
    world.work(Duration.ofSeconds(5));
    world.applier.opened(command);
    world.work(Duration.ofMinutes(5));
    assertEquals(3, world.events.size());
    assertEquals(0, world.applier.waiting());
  }

  @Test
  void withoutAnAttemptInTheLogNothingIsWritten() {
    world.ingress("web");
    world.appendsUntilFailure = 1;
    world.applier.caughtUp();
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    world.work(Duration.ofSeconds(20));
    assertEquals(0, world.writes);
    assertEquals(List.of("started"), world.facts());
    world.appendsUntilFailure = -1;
    world.work(Duration.ofSeconds(20));
    assertEquals(APPLIED, world.result("command-1"));
  }

  @Test
  void anOutcomeThatTheLogRefusedIsReportedLaterAndNotMadeTwice() {
    world.ingress("web");
    world.appendsUntilFailure = 2;
    world.applier.caughtUp();
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", new AddFinalizer(OURS)));
    world.work(Duration.ofSeconds(20));
    assertEquals(1, world.writes);
    assertEquals(List.of("started", "attempted command-1 1"), world.facts());
    world.appendsUntilFailure = -1;
    world.work(Duration.ofSeconds(20));
    assertEquals(1, world.writes);
    assertEquals(APPLIED, world.result("command-1"));
  }

  @Test
  void whatPodsWaitForComesBeforeWhatPeopleRead() throws LogFailed {
    world.ingress("web");
    world.ingress("other");
    world.applier.caughtUp();
    var event = new RecordEvent("Normal", "Made", "it is made");
    world.applier.opened(world.command(ObjectKind.INGRESS, "web", "", event));
    world.applier.opened(world.command(ObjectKind.INGRESS, "other", "", new AddFinalizer(OURS)));
    world.applier.step();
    assertEquals("settled command-2 Applied", world.facts().getLast());
  }

  private static SetLoadBalancerStatus status(String hostname) {
    return new SetLoadBalancerStatus(
        List.of(
            new LoadBalancerAddress(
                Optional.of(hostname),
                Optional.empty(),
                List.of(new LoadBalancerAddress.StatusPort(80, "TCP")))));
  }

  private String finalizers() {
    return world.get(ObjectKind.INGRESS, "web").path("metadata").path("finalizers").toString();
  }
}
