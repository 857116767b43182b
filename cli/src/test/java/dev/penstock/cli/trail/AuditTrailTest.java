package dev.penstock.cli.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.CommandFailed;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AuditTrailTest {
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final Instant T0 = Instant.parse("2026-01-31T08:00:00Z");
  private static final ObjectKey INGRESS = ObjectKey.parse("prod|Ingress|default/web");
  private static final CommandKey TARGETS =
      new CommandKey(
          ResourceKey.parse("prod|ingress|default/web|TargetGroup|default/web:80"), Lane.REGISTER);
  private static final CommandKey READ = new CommandKey(TARGETS.resource(), Lane.OBSERVE);
  private static final Cause SLICE =
      new Cause(41, "prod|EndpointSlice|default/web-abc", "a pod became ready", false);

  private final AuditTrail trail = new AuditTrail();
  private long seq = 42;

  private void add(AuditEntry entry) {
    var time = T0.plusSeconds(seq - 42);
    trail.add(new AuditRecord(SCOPE, seq++, 0, time, entry, "", "hash"));
  }

  private static TrailFilter all() {
    return filter(null, null, null, null, true);
  }

  private static TrailFilter filter(
      @org.jspecify.annotations.Nullable String resource,
      @org.jspecify.annotations.Nullable String cause,
      @org.jspecify.annotations.Nullable String member,
      @org.jspecify.annotations.Nullable Instant since,
      boolean reads) {
    return new TrailFilter(
        Optional.ofNullable(resource),
        Optional.ofNullable(cause),
        Optional.ofNullable(member),
        Optional.ofNullable(since),
        reads);
  }

  private void registration(Result result) {
    var target = new Target("10.0.0.7", 8080, Optional.empty());
    var operation = new Operation.RegisterTargets("arn", List.of(target));
    add(new AuditEntry.Decided("c1", TARGETS, "Register", SLICE, operation));
    add(new AuditEntry.Tried("c1", TARGETS, "t9", 2));
    var call = new Call("elbv2", "RegisterTargets", true, "req-1", 200, "", 38);
    add(new AuditEntry.Settled("c1", TARGETS, result, List.of(call)));
  }

  @Test
  void aCommandIsOneLineFromItsDecisionToItsAnswer() {
    registration(new Result.Applied());
    assertEquals(
        """
        2026-01-31T08:00:00Z  Register 10.0.0.7:8080  prod|ingress|default/web|TargetGroup|default/web:80  applied
            why   a pod became ready
            who   prod|EndpointSlice|default/web-abc
            by    tenure t9, attempt 2
            call  elbv2 RegisterTargets: 200, request req-1, 38 ms\
        """,
        TrailText.of(trail.lines(all()).getFirst()));
    assertEquals(1, trail.lines(all()).size());
  }

  @Test
  void theSameLineForToolsHoldsTheRequestId() {
    registration(new Result.Applied());
    assertEquals(
        "{\"time\":\"2026-01-31T08:00:00Z\",\"scope\":\"111122223333/us-west-2\",\"seq\":42,"
            + "\"about\":\"command\",\"who\":\"prod|EndpointSlice|default/web-abc\","
            + "\"what\":\"Register 10.0.0.7:8080\","
            + "\"subject\":\"prod|ingress|default/web|TargetGroup|default/web:80\","
            + "\"why\":\"a pod became ready\",\"commandId\":\"c1\",\"reads\":false,"
            + "\"executor\":\"t9\",\"attempts\":2,\"result\":\"applied\","
            + "\"settled\":\"2026-01-31T08:00:02Z\","
            + "\"calls\":[{\"service\":\"elbv2\",\"operation\":\"RegisterTargets\",\"write\":true,"
            + "\"requestId\":\"req-1\",\"httpStatus\":200,\"code\":\"\",\"latencyMillis\":38}]}",
        RecordJson.write(trail.lines(all()).getFirst()));
  }

  @Test
  void aRefusalIsToldInAwsOwnWords() {
    registration(new Result.Rejected(Fault.DENIED, "AccessDenied", "not authorized"));
    var text = TrailText.of(trail.lines(all()).getFirst());
    assertTrue(text.contains("rejected (denied)"), text);
    assertTrue(text.contains("said  AccessDenied: not authorized"), text);
  }

  @Test
  void anAnswerWhoseDecisionIsOlderThanTheWindowHasItsLine() {
    add(new AuditEntry.Settled("c0", TARGETS, new Result.Unanswered("no answer"), List.of()));
    var text = TrailText.of(trail.lines(all()).getFirst());
    assertTrue(text.contains("(decided earlier)"), text);
    assertTrue(text.contains("unanswered"), text);
  }

  @Test
  void whatPeopleAndPoliciesDidStandsBesideTheCommands() {
    add(new AuditEntry.PersonDecided("alice", "set cluster prod to manage"));
    add(
        new AuditEntry.HoldChanged(
            "h1", TARGETS.resource().toString(), "4 inferred deletes", false));
    add(
        new AuditEntry.HoldChanged(
            "h1", TARGETS.resource().toString(), "4 inferred deletes", true));
    add(new AuditEntry.Drifted(TARGETS.resource(), "the health check path is /x"));
    add(new AuditEntry.Alarm("prod", "another cluster answers"));
    var writes = List.<KubernetesWrite>of(new KubernetesWrite.SetLoadBalancerStatus(List.of()));
    add(new AuditEntry.KubernetesDecided("k1", INGRESS, SLICE, writes));
    add(new AuditEntry.KubernetesSettled("k1", INGRESS, new Result.Applied()));
    var abouts = trail.lines(all()).stream().map(TrailLine::about).toList();
    assertEquals(List.of("person", "hold", "hold", "drift", "alarm", "command"), abouts);
    var who = trail.lines(filter(null, "ALICE", null, null, false));
    assertEquals(List.of("set cluster prod to manage"), who.stream().map(TrailLine::what).toList());
  }

  @Test
  void filtersAreTextsTimesAndObjects() {
    registration(new Result.Applied());
    add(new AuditEntry.PersonDecided("alice", "paused stack x"));
    assertEquals(1, trail.lines(filter("targetgroup", null, null, null, false)).size());
    assertEquals(0, trail.lines(filter("LoadBalancer", null, null, null, false)).size());
    assertEquals(1, trail.lines(filter(null, "became ready", null, null, false)).size());
    assertEquals(
        1, trail.lines(filter(null, null, "endpointslice/default/web-abc", null, false)).size());
    assertEquals(1, trail.lines(filter(null, null, "ingress/default/web", null, false)).size());
    assertEquals(0, trail.lines(filter(null, null, "ingress/other/web", null, false)).size());
    assertEquals(2, trail.lines(filter(null, null, null, T0.plusSeconds(2), false)).size());
    assertEquals(1, trail.lines(filter(null, null, null, T0.plusSeconds(3), false)).size());
  }

  @Test
  void whatOnlyReadsIsShownOnRequest() {
    var reading = new Operation.Observe(new Reading.ReadCertificates(false));
    add(new AuditEntry.Decided("r1", READ, "Observe", SLICE, reading));
    assertEquals(0, trail.lines(filter(null, null, null, null, false)).size());
    assertEquals("Read certificates", trail.lines(all()).getFirst().what());
  }

  @Test
  void aReadWhoseDecisionIsOlderThanTheWindowIsNoWrite() {
    add(new AuditEntry.Tried("r0", READ, "t9", 1));
    add(new AuditEntry.Settled("r0", READ, new Result.Applied(), List.of()));
    assertEquals(0, trail.lines(filter(null, null, null, null, false)).size());
    assertEquals("(decided earlier)", trail.lines(all()).getFirst().what());
  }

  @Test
  void aMomentIsADurationADateOrATime() throws CommandFailed {
    assertEquals(T0.minusSeconds(900), Moment.parse("15m", T0));
    assertEquals(T0.minusSeconds(2 * 86_400), Moment.parse("2d", T0));
    assertEquals(Instant.parse("2026-01-30T00:00:00Z"), Moment.parse("2026-01-30", T0));
    assertEquals(
        Instant.parse("2026-01-30T07:00:00Z"), Moment.parse("2026-01-30T08:00:00+01:00", T0));
    assertThrows(CommandFailed.class, () -> Moment.parse("5 minutes", T0));
  }

  @Test
  void aChangeIsOneLine() {
    assertEquals(
        "2026-01-31T08:00:00Z  s  targets: 2 healthy, unhealthy c",
        changed(
            new ChangeBody.TargetsChanged(List.of("a", "b"), List.of("c"), List.of(), List.of())));
    assertEquals(
        "2026-01-31T08:00:00Z  s  Create Applied; request r1",
        changed(new ChangeBody.CommandSettled("Create", "Applied", "", List.of("r1"))));
    assertEquals(
        "2026-01-31T08:00:00Z  s  problem over NoSubnet: two zones are needed",
        changed(new ChangeBody.ProblemChanged("NoSubnet", "two zones are needed", false)));
  }

  private static String changed(ChangeBody body) {
    return TrailText.of(new Change("id", "penstock/x", "type", "s", T0, SCOPE, 1, body));
  }
}
