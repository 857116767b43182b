package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.appliers.ScriptedCloud.Reply;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Observation.ChangeSeen;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;

/** Names of one zone are one batch; a bad one fails alone. */
class RecordNamesTest {
  private static final Reply CHANGED =
      _ ->
          ChangeResourceRecordSetsResponse.builder()
              .changeInfo(info -> info.id("/change/C1").status("PENDING"))
              .build();

  private static final String COORDINATES = "geoproximity-coordinates";

  private final Bench bench = new Bench();

  private void open(String id, Operation operation) {
    bench.open(bench.command(id, Bench.key(ResourceKind.RECORD_NAME, id), Lane.WRITE, operation));
  }

  private void create(String... names) {
    for (var name : names) {
      open(name, new Operation.Create(Samples.name(name + ".example.com.", "10.0.0.1")));
    }
    bench.applier.dispatch();
  }

  private void zoneHolds(String name, String value) {
    bench.cloud.on(
        "ListResourceRecordSets",
        ListResourceRecordSetsResponse.builder()
            .isTruncated(false)
            .resourceRecordSets(set ->
                set.name(name).type("A").ttl(60L).resourceRecords(record -> record.value(value)))
            .build());
  }

  private List<List<String>> batches() {
    return bench.cloud.requests(ChangeResourceRecordSetsRequest.class).stream()
        .map(request ->
            request.changeBatch().changes().stream()
                .map(c -> c.actionAsString() + " " + c.resourceRecordSet().name())
                .toList())
        .toList();
  }

  /** Refuses every batch that names b. */
  private static final Reply REFUSING_B = refusingB("InvalidChangeBatch");

  @Test
  void allOpenNamesOfAZoneAreCreatedInOneBatch() {
    bench.cloud.on("ChangeResourceRecordSets", CHANGED);
    create("a", "b", "c");
    assertEquals(
        List.of(List.of("CREATE a.example.com.", "CREATE b.example.com.", "CREATE c.example.com.")),
        batches());
    for (var id : List.of("a", "b", "c")) {
      assertInstanceOf(Result.Applied.class, bench.settled(id).result());
      assertEquals("C1", Bench.seen(bench.settled(id), ChangeSeen.class).changeId());
      assertEquals(1, bench.attempts(id).size(), "every command of a batch is announced");
    }
  }

  @Test
  void aNameWhoseRoutingCannotBeWrittenFailsAlone() {
    bench.cloud.on("ChangeResourceRecordSets", CHANGED);
    var routings =
        Map.of(
            "b", Map.of("weight", "ten"), "c", Map.of("foo", "1"), "d", Map.of(COORDINATES, "x"));
    routings.forEach((id, routing) ->
        open(id, new Operation.Create(Samples.routed(id + ".example.com.", routing))));
    create("a", "e");
    for (var id : routings.keySet()) {
      assertEquals(Fault.INVALID, Bench.rejected(bench.settled(id)).fault());
    }
    assertEquals(List.of(List.of("CREATE a.example.com.", "CREATE e.example.com.")), batches());
    for (var id : List.of("a", "e")) {
      assertInstanceOf(Result.Applied.class, bench.settled(id).result());
    }
  }

  @Test
  void aNameThatSomebodyElseHoldsFailsAlone() {
    bench.cloud.on("ChangeResourceRecordSets", REFUSING_B);
    zoneHolds("b.example.com.", "192.0.2.1");
    create("a", "b", "c", "d");
    assertEquals(Fault.FOREIGN, Bench.rejected(bench.settled("b")).fault());
    for (var id : List.of("a", "c", "d")) {
      assertInstanceOf(Result.Applied.class, bench.settled(id).result());
    }
  }

  /** Refuses every batch that names b, as IAM refuses what a condition on names forbids. */
  private static Reply refusingB(String code) {
    return request -> {
      var changes = ((ChangeResourceRecordSetsRequest) request).changeBatch().changes();
      return changes.stream().anyMatch(c -> c.resourceRecordSet().name().startsWith("b."))
          ? ScriptedCloud.refuse(code).to(request)
          : CHANGED.to(request);
    };
  }

  @Test
  void aNameThatIsForbiddenOrOneTooManyFailsAlone() {
    for (var code : List.of("AccessDenied", "LimitsExceeded")) {
      var fresh = new RecordNamesTest();
      fresh.bench.cloud.on("ChangeResourceRecordSets", refusingB(code));
      fresh.create("a", "b", "c", "d");
      var rejected = Bench.rejected(fresh.bench.settled("b"));
      assertEquals(code.equals("AccessDenied") ? Fault.DENIED : Fault.QUOTA, rejected.fault());
      assertEquals(code, rejected.code());
      for (var id : List.of("a", "c", "d")) {
        assertInstanceOf(Result.Applied.class, fresh.bench.settled(id).result());
      }
    }
  }

  private static String[] many() {
    return IntStream.range(0, 100).mapToObj("n%02d"::formatted).toArray(String[]::new);
  }

  @Test
  void aBatchThatIsForbiddenAsAWholeCostsOneMoreTry() {
    bench.cloud.on("ChangeResourceRecordSets", ScriptedCloud.refuse("AccessDenied"));
    create(many());
    assertEquals(List.of(100, 1), batches().stream().map(List::size).toList());
    for (var id : many()) {
      assertEquals(Fault.DENIED, Bench.rejected(bench.settled(id)).fault());
    }
  }

  @Test
  void manyNamesAreWrittenAlthoughOneOfThemIsForbidden() {
    bench.cloud.on("ChangeResourceRecordSets", refusingB("AccessDenied"));
    var names = new ArrayList<>(List.of(many()));
    names.add("b");
    names.add("a");
    create(names.toArray(String[]::new));
    names.remove("b");
    assertEquals(Fault.DENIED, Bench.rejected(bench.settled("b")).fault());
    for (var id : names) {
      assertInstanceOf(Result.Applied.class, bench.settled(id).result());
    }
  }

  @Test
  void aNameThatANewerCommandReplacedLeavesItsBatchBeforeItIsSent() {
    bench.cloud.on("ChangeResourceRecordSets", ScriptedCloud.refuse("Throttling"), CHANGED);
    bench.timeline.meanwhile(() -> {
      bench.timeline.meanwhile(() -> {});
      var newer = new Operation.Create(Samples.name("b.example.com.", "10.0.0.2"));
      var key = Bench.key(ResourceKind.RECORD_NAME, "b");
      bench.open(bench.command("newer", key, Lane.WRITE, newer));
    });
    create("a", "b", "c");
    assertInstanceOf(Result.Superseded.class, bench.settled("b").result());
    for (var id : List.of("a", "c", "newer")) {
      assertInstanceOf(Result.Applied.class, bench.settled(id).result());
    }
    assertEquals(List.of("CREATE a.example.com.", "CREATE c.example.com."), batches().get(1));
    var sent = bench.cloud.requests(ChangeResourceRecordSetsRequest.class).getLast().changeBatch();
    assertEquals(
        "10.0.0.2",
        sent.changes().getFirst().resourceRecordSet().resourceRecords().getFirst().value());
  }

  @Test
  void aNameThatMayHaveBeenWrittenStaysInItsBatch() {
    bench.cloud.on("ChangeResourceRecordSets", ScriptedCloud.lose(), CHANGED);
    bench.timeline.meanwhile(() -> {
      bench.timeline.meanwhile(() -> {});
      var newer = new Operation.Create(Samples.name("b.example.com.", "10.0.0.2"));
      var key = Bench.key(ResourceKind.RECORD_NAME, "b");
      bench.open(bench.command("newer", key, Lane.WRITE, newer));
    });
    create("a", "b");
    assertInstanceOf(Result.Applied.class, bench.settled("b").result());
    assertEquals(2, batches().get(1).size());
  }

  @Test
  void aNameThatIsAlreadyAsWantedWasDoneBefore() {
    bench.cloud.on("ChangeResourceRecordSets", REFUSING_B);
    zoneHolds("b.example.com.", "10.0.0.1");
    create("b");
    assertInstanceOf(Result.Applied.class, bench.settled("b").result());
  }

  @Test
  void aChangeDeletesWhatWasObservedAndNeverUpserts() {
    bench.cloud.on("ChangeResourceRecordSets", CHANGED);
    var before =
        new LiveRecordName("Z1/a.example.com.", Samples.name("a.example.com.", "10.0.0.1"));
    open(
        "a",
        new Operation.Update(
            before, Samples.name("a.example.com.", "10.0.0.2"), List.of(Aspect.CORE)));
    bench.applier.dispatch();
    assertEquals(List.of(List.of("DELETE a.example.com.", "CREATE a.example.com.")), batches());
  }

  @Test
  void aDeleteOfWhatIsGoneSucceeds() {
    bench.cloud.on("ChangeResourceRecordSets", ScriptedCloud.refuse("InvalidChangeBatch"));
    bench.cloud.on(
        "ListResourceRecordSets",
        ListResourceRecordSetsResponse.builder().isTruncated(false).build());
    var gone =
        new RecordNameSpec(
            "Z1", "a.example.com.", Samples.name("a.example.com.", "x").recordSets());
    open("a", new Operation.Delete(new LiveRecordName("Z1/a.example.com.", gone)));
    bench.applier.dispatch();
    assertInstanceOf(Result.Applied.class, bench.settled("a").result());
    Bench.seen(bench.settled("a"), ResourceMissing.class);
  }

  @Test
  void moreThanTheLimitIsSentInSeveralBatches() {
    bench.cloud.on("ChangeResourceRecordSets", CHANGED);
    var value = "x".repeat(20_000);
    open("a", new Operation.Create(Samples.name("a.example.com.", value)));
    open("b", new Operation.Create(Samples.name("b.example.com.", value)));
    bench.applier.dispatch();
    assertEquals(2, batches().size());
    assertTrue(batches().stream().allMatch(batch -> batch.size() == 1));
  }
}
