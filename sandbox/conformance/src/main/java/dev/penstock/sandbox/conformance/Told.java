package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.intent.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What owners are told, where a case says it: {@code told} names for each object words that stand
 * in the reason or the message of one of its problems, or an empty text where it is told nothing.
 * It shows that a refusal has the cause that the case is about.
 */
final class Told {
  private Told() {}

  /**
   * The first object that is not told what it should be.
   *
   * @param problems by namespace/name of the object
   */
  static Optional<String> missing(
      String path, JsonNode wanted, Map<String, List<Problem>> problems) {
    for (var told : Nodes.map(wanted.path("told")).entrySet()) {
      var texts = texts(problems, told.getKey());
      boolean said =
          told.getValue().isEmpty()
              ? texts.isEmpty()
              : texts.stream().anyMatch(text -> text.contains(told.getValue()));
      if (!said) {
        return Optional.of(path + "/told: wanted " + told + ", got " + texts);
      }
    }
    return Optional.empty();
  }

  private static List<String> texts(Map<String, List<Problem>> problems, String object) {
    return problems.getOrDefault(object, List.of()).stream()
        .map(problem -> problem.reason() + ": " + problem.message())
        .toList();
  }
}
