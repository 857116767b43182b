package dev.penstock.plan.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class AnnotationReaderTest {
  @TestFactory
  Stream<DynamicTest> valuesAreReadAsGoReadsThem() {
    return Cases.of("/plan/annotation-values.yaml", AnnotationReaderTest::check);
  }

  @Test
  void aRefusalNamesKeyAndValueAndWhatIsAllowed() {
    var problems = new Problems();
    new AnnotationReader("p/", Map.of("p/port", "https"), problems).int32("port");
    var message = problems.errors().getFirst().message();
    assertEquals("p/port: \"https\" must be a whole number of at most 32 bits", message);
  }

  @Test
  void theNearestKeyOfATypoIsFound() {
    var known = List.of("scheme", "subnets", "listen-ports");
    assertEquals(Optional.of("listen-ports"), NearestWord.of("listen-port", known));
    assertEquals(Optional.empty(), NearestWord.of("completely-different", known));
  }

  @Test
  void fieldsMatchWithoutCaseAndDuplicateObjectsMerge() throws JsonException {
    var json = JsonParser.parse("{\"A\":{\"x\":1},\"a\":{\"Y\":\"2\"}}").asFields("it");
    var merged = Json.field(json, "a").orElseThrow().asFields("a");
    assertEquals(Optional.of(1), Json.field(merged, "X").orElseThrow().asInt32("x"));
    assertEquals(Optional.of("2"), Json.field(merged, "y").orElseThrow().asText("y"));
  }

  private static void check(JsonNode row) {
    var problems = new Problems();
    var raw = row.get("raw").asText();
    var reader = new AnnotationReader("p/", Map.of("p/k", raw), problems);
    Object value =
        switch (row.get("type").asText()) {
          case "bool" -> reader.bool("k").map(Object::toString).orElse("");
          case "int32" -> reader.int32("k").map(Object::toString).orElse("");
          case "list" -> reader.items("k");
          case "map" -> reader.map("k");
          case "json" -> reader.json("k").map(Object::toString).orElse("");
          default -> throw new IllegalArgumentException("unknown type in " + row);
        };
    if (row.get("value").asText().equals("refused")) {
      assertTrue(problems.anyError(), "refused");
    } else {
      assertEquals(row.get("value").asText(), value.toString());
      assertEquals(List.of(), problems.errors());
    }
  }
}
