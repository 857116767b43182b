package dev.penstock.plan.network;

import java.util.List;

/** The ids that were chosen, or why none can be. */
public sealed interface Choice {
  record Chosen(List<String> ids) implements Choice {}

  record Refused(String reason) implements Choice {}
}
