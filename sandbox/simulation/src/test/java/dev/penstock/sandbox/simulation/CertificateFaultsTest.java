package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.aws.AwsFaults.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever goes wrong with a call of ACM, there is one certificate, or none, once it is over. */
class CertificateFaultsTest {
  private static final String NGINX = "nginx.example.com";

  private static final Map<Effect, Integer> FAULTS =
      Map.of(
          new Effect.Throttle(), 3,
          new Effect.Fail("InternalFailure", 500), 2,
          new Effect.Fail("ResourceInUseException", 400), 1,
          new Effect.Deny(), -1,
          new Effect.LoseAnswer(), 1,
          new Effect.DeliverTwice(), -1,
          new Effect.Stale(Duration.ofSeconds(3)), -1);

  /** What a person does, the calls that follow from it, and what is there in the end. */
  private record Change(String name, List<String> calls, Deed deed, End end) {}

  private interface Deed {
    void on(Issued world) throws Exception;
  }

  private interface End {
    boolean reached(Issued world);
  }

  private static final List<Change> CHANGES =
      List.of(
          new Change(
              "made",
              List.of("RequestCertificate", "DescribeCertificate", "ListCertificates"),
              Issued::apply,
              world -> world.serves(NGINX) && world.validated().equals(Set.of(NGINX))),
          new Change(
              "tagged",
              List.of("AddTagsToCertificate"),
              world -> world.annotate("tags", "team=edge"),
              world -> world.serves(NGINX) && team(world).equals("edge")),
          new Change(
              "tagged no more",
              List.of("RemoveTagsFromCertificate"),
              world -> world.annotate("tags", "null"),
              world -> world.serves(NGINX) && team(world).isEmpty()),
          new Change(
              "not wanted",
              List.of("DeleteCertificate"),
              world -> world.annotate("certificate-arn", Issued.NAMED),
              world ->
                  world.made().isEmpty()
                      && world.validated().isEmpty()
                      && world.used().equals(Set.of(Issued.NAMED))));

  @TestFactory
  Stream<DynamicTest> everyFaultOfEveryCall() {
    return CHANGES.stream()
        .flatMap(change ->
            change.calls().stream()
                .flatMap(call ->
                    FAULTS.entrySet().stream()
                        .map(fault ->
                            dynamicTest(
                                change.name() + ": " + call + " " + fault.getKey(),
                                () -> play(change, call, fault.getKey(), fault.getValue())))));
  }

  private static void play(Change change, String call, Effect effect, int times) throws Exception {
    var world = new Issued();
    var stage = world.stage;
    for (var earlier : CHANGES.subList(0, CHANGES.indexOf(change))) {
      earlier.deed().on(world);
      stage.until(earlier.name(), () -> earlier.end().reached(world) && stage.idle());
    }
    var faults = stage.pipeline.aws().faults();
    faults.add(new AwsFaults.Rule(call, "", effect, times, 1));
    var mark = stage.mark();
    change.deed().on(world);

    stage.pass(Duration.ofMinutes(5));
    assertTrue(stage.counts(mark).containsKey(call), "it was never called");
    faults.clear();
    stage.until(change.name(), () -> change.end().reached(world) && stage.idle());

    stage.pass(Duration.ofMinutes(2));
    var quiet = stage.mark();
    stage.pass(Duration.ofMinutes(31));
    assertEquals(Map.of(), stage.writes(quiet));
    assertTrue(change.end().reached(world), stage::picture);
  }

  private static String team(Issued world) {
    return world.made().stream()
        .map(made -> world.tags(made.certificateArn()).getOrDefault("team", ""))
        .findFirst()
        .orElse("");
  }
}
