package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Rows of a decision table: one test for each, named by its sentence. */
public final class Rows {
  private Rows() {}

  public static JsonNode yaml(String text) {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Stream<DynamicTest> of(String resource, Consumer<JsonNode> check) {
    try (var stream = Rows.class.getResourceAsStream(resource)) {
      var rows =
          new ObjectMapper(new YAMLFactory()).readTree(Objects.requireNonNull(stream, resource));
      return Nodes.stream(rows)
          .map(row -> DynamicTest.dynamicTest(Nodes.text(row, "case"), () -> check.accept(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
