package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.PersonFact.HoldApproved;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of stories/annotations.yaml is one story: what describe-* shows when an annotation is
 * set, changed and removed. Replacements are approved as they are held. A new annotation is a row.
 */
class AnnotationTest {
  private static final String PATCH = "metadata: {annotations: {%s: %s}}";

  /** Step: the value, and what is shown of it. */
  private record Row(
      String annotation,
      Given given,
      String look,
      List<String> first,
      List<String> second,
      String unset) {
    private Row {
      given = given == null ? new Given("{}", "{}", "", false) : given;
    }
  }

  /**
   * What Ingress and Service have been patched with before, what is there beside them, and whether
   * the Ingress is made with the first value.
   */
  private record Given(String ingress, String service, String objects, boolean born) {
    private Given {
      ingress = ingress == null ? "{}" : ingress;
      service = service == null ? "{}" : service;
      objects = objects == null ? "" : objects;
    }
  }

  @TestFactory
  Stream<DynamicTest> annotations() throws IOException {
    var yaml = new ObjectMapper(new YAMLFactory());
    try (var rows = AnnotationTest.class.getResourceAsStream("/stories/annotations.yaml")) {
      return yaml.readValue(rows, new TypeReference<List<Row>>() {}).stream()
          .map(row -> dynamicTest(row.annotation() + " " + row.look(), () -> play(row)));
    }
  }

  private static Stage born(Row row) throws Exception {
    var annotations = "  annotations:\n";
    var first = "    %s: '%s'\n".formatted(row.annotation(), row.first().getFirst());
    var stage = new Stage();
    stage.pass(Duration.ofSeconds(30));
    stage.kubectl.apply(
        Stage.example("nginx-complete.yaml").replace(annotations, annotations + first));
    stage.until("nginx serves", stage::nginxServes);
    return stage;
  }

  private static void play(Row row) throws Exception {
    var stage = row.given().born() ? born(row) : Stage.withNginx();
    if (!row.given().objects().isEmpty()) {
      stage.kubectl.apply(row.given().objects());
    }
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", row.given().ingress());
    stage.kubectl.patch(Kinds.SERVICE, "default", "nginx-service", row.given().service());
    annotate(stage, row.annotation(), "'" + row.first().getFirst() + "'");
    settle(stage);
    assertEquals(
        row.first().getLast(), Looks.at(stage, row.look()), () -> "set\n" + stage.picture());
    annotate(stage, row.annotation(), "'" + row.second().getFirst() + "'");
    settle(stage);
    assertEquals(
        row.second().getLast(), Looks.at(stage, row.look()), () -> "changed\n" + stage.picture());
    annotate(stage, row.annotation(), "null");
    settle(stage);
    assertEquals(row.unset(), Looks.at(stage, row.look()), () -> "removed\n" + stage.picture());
    assertEquals(3, stage.readyPods("default").size());
    var mark = stage.mark();
    stage.pass(Duration.ofMinutes(35));
    assertEquals(Map.of(), stage.writes(mark), "then silent");
  }

  @Test
  void deletionProtectionGoesOnlyWhenItIsSwitchedOff() throws Exception {
    var key = "alb.ingress.kubernetes.io/load-balancer-attributes";
    var look = "LoadBalancerAttribute deletion_protection.enabled";
    var stage = Stage.withNginx();
    annotate(stage, key, "deletion_protection.enabled=true");
    settle(stage);
    annotate(stage, key, "null");
    settle(stage);
    assertEquals("true", Looks.at(stage, look));

    annotate(stage, key, "deletion_protection.enabled=false");
    settle(stage);

    assertEquals("false", Looks.at(stage, look));
  }

  private static void annotate(Stage stage, String key, String value) {
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", PATCH.formatted(key, value));
  }

  /** A person approves whatever is held, until all is done. */
  private static void settle(Stage stage) throws Exception {
    for (var i = 0; i < 3; i++) {
      stage.pass(Duration.ofSeconds(90));
      for (var hold : stage.pipeline.tables().scan(Table.HOLDS, "")) {
        if (!hold.row().approved()) {
          stage.pipeline.append(Fleet.HOME, new HoldApproved("tester", hold.row().id()));
        }
      }
    }
    stage.pass(Duration.ofMinutes(20));
  }
}
