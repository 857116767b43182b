package dev.penstock.edges.log.history;

import dev.penstock.schemas.topic.Topic;

/**
 * What one partition of a topic held: positions from {@code beginning} up to, but without, {@code
 * end}. A beginning after 0: what came before was deleted when its retention was over.
 */
public record Span(Topic topic, int partition, long beginning, long end) {
  public boolean isEmpty() {
    return beginning >= end;
  }
}
