package dev.penstock.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Rows of a decision table: one test for each, named by its sentence. */
public final class Cases {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Cases() {}

  public static Stream<DynamicTest> of(String resource, Consumer<JsonNode> check) {
    var rows = new ArrayList<JsonNode>();
    load(resource).forEach(rows::add);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row.get("case").asText(), () -> check.accept(row)));
  }

  public static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  public static JsonNode yaml(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  private static JsonNode load(String resource) {
    try (var stream = Cases.class.getResourceAsStream(resource)) {
      return YAML.readTree(Objects.requireNonNull(stream, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
