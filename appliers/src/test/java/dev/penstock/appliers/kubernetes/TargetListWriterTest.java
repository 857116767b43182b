package dev.penstock.appliers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.KubernetesWrite.ApplyTargetList;
import dev.penstock.schemas.command.KubernetesWrite.DeleteTargetList;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ConfigMaps that list a cluster's own targets, on a simulated cluster. */
final class TargetListWriterTest {
  private static final String NAME = "aws-lbc-targets-t";
  private static final Result APPLIED = new Result.Applied();

  private final World world = new World();

  @Test
  void aListIsMadeAndFollowsWithoutTouchingWhatElseIsThere() {
    assertEquals(APPLIED, run(new ApplyTargetList(List.of("10.0.0.1:80", "10.0.0.2:80"), true)));
    assertEquals("10.0.0.1:80,10.0.0.2:80", data("targets"));
    world.patch(
        ObjectKind.CONFIG_MAP,
        NAME,
        "",
        "[{\"op\":\"add\",\"path\":\"/data/note\",\"value\":\"of a person\"}]");
    assertEquals(APPLIED, run(new ApplyTargetList(List.of(), false)));
    assertEquals("", data("targets"));
    assertEquals("of a person", data("note"));
    world.writes = 0;
    assertEquals(APPLIED, run(new ApplyTargetList(List.of(), false)));
    assertEquals(0, world.writes);
  }

  @Test
  void aListThatNobodyHadReadIsNotWrittenOver() {
    world.create(ObjectKind.CONFIG_MAP, NAME, "{\"data\":{\"targets\":\"10.0.0.9:80\"}}");
    var result = run(new ApplyTargetList(List.of("10.0.0.1:80"), true));
    assertEquals(Fault.DEPENDENCY_PENDING, assertInstanceOf(Result.Deferred.class, result).fault());
    assertEquals("10.0.0.9:80", data("targets"));
    assertEquals(APPLIED, run(new ApplyTargetList(List.of("10.0.0.9:80"), true)));
  }

  @Test
  void anEmptyConfigMapGetsItsList() {
    world.create(ObjectKind.CONFIG_MAP, NAME, "{}");
    assertEquals(APPLIED, run(new ApplyTargetList(List.of("10.0.0.1:80"), false)));
    assertEquals("10.0.0.1:80", data("targets"));
  }

  @Test
  void aListIsDeletedOnce() {
    run(new ApplyTargetList(List.of("10.0.0.1:80"), true));
    assertEquals(APPLIED, run(new DeleteTargetList()));
    assertFalse(world.exists(ObjectKind.CONFIG_MAP, NAME));
    assertEquals(APPLIED, run(new DeleteTargetList()));
  }

  private Result run(KubernetesWrite write) {
    return world.run(ObjectKind.CONFIG_MAP, NAME, "", write);
  }

  private String data(String key) {
    return world.get(ObjectKind.CONFIG_MAP, NAME).path("data").path(key).asText();
  }
}
