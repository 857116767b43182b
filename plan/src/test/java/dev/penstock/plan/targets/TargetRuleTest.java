package dev.penstock.plan.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Registered;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of plan/target-rule.yaml is one test. */
final class TargetRuleTest {
  private static final Instant NOW = Instant.ofEpochSecond(1000);

  @TestFactory
  Stream<DynamicTest> decisionTable() {
    return Cases.of("/plan/target-rule.yaml", TargetRuleTest::check);
  }

  private static void check(JsonNode row) {
    var rows = new ArrayList<TargetRow>();
    row.get("rows").forEach(r -> rows.add(targetRow(r)));
    var bounds =
        new TargetRule.Bounds(
            row.path("limit").asInt(0),
            600_000,
            row.path("onlyOwn").asBoolean(false),
            Cases.texts(row.path("own")).stream().map(id -> id + ":80").collect(Collectors.toSet()),
            row.path("quic").asBoolean(false),
            row.path("listed").asBoolean(true));
    var want = new TreeMap<String, String>();
    row.get("want").properties().forEach(e -> want.put(e.getKey(), e.getValue().asText()));
    assertEquals(want, told(TargetRule.decide(rows, bounds, NOW)));
    assertEquals(want, told(TargetRule.decide(rows.reversed(), bounds, NOW)), "in any row order");
  }

  private static Map<String, String> told(TargetDecision decision) {
    var told = new TreeMap<String, String>();
    decision.register().forEach(t -> told.put(name(t), "register"));
    decision.leaveGone().forEach(t -> told.put(name(t), "gone"));
    decision.leave().forEach(t -> told.put(name(t), "leave"));
    decision.stays().forEach(s -> told.put(name(s.target()), "stay"));
    decision.overLimit().forEach(t -> told.put(name(t), "over"));
    return told;
  }

  private static String name(Target target) {
    return target.id() + target.quicServerId().map(server -> "/" + server).orElse("");
  }

  private static TargetRow targetRow(JsonNode row) {
    var name = row.get("t").asText().split("/");
    var server = name.length > 1 ? Optional.of(name[1]) : Optional.<String>empty();
    var target = new Target(name[0], 80, Optional.empty(), server);
    var standing = row.get("is").asText();
    var state = row.get("aws").asText();
    return new TargetRow(
        target,
        standing.equals("NONE")
            ? Optional.empty()
            : Optional.of(endpoint(row, Standing.valueOf(standing))),
        state.equals("-")
            ? Optional.empty()
            : Optional.of(
                new Registered(
                    new TargetHealth(target, state, "", ""),
                    1,
                    NOW,
                    row.path("since").asLong(0) * 1000)));
  }

  private static Endpoint endpoint(JsonNode row, Standing standing) {
    return new Endpoint(
        "ns",
        "pod-" + row.get("t").asText(),
        "uid",
        "node",
        row.path("ready").asBoolean(standing == Standing.WANTED),
        standing == Standing.TERMINATING,
        row.path("serving").asBoolean(false),
        standing);
  }
}
