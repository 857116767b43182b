package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.Nodes;

/** Steps that LBC does not bring to their end. */
final class Unfinished {
  private Unfinished() {}

  /** Whether a run of the step failed, or tries a failed call again by itself. */
  static boolean is(JsonNode step) {
    return Nodes.stream(step.path("runs")).anyMatch(Unfinished::failed);
  }

  private static boolean failed(JsonNode run) {
    return run.has("error")
        || run.has("requeueAfter")
            && Nodes.stream(run.path("calls")).anyMatch(call -> call.has("failed"));
  }
}
