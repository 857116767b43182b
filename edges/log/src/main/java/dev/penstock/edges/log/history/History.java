package dev.penstock.edges.log.history;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaSource;
import dev.penstock.schemas.topic.Topic;
import java.io.IOException;
import java.util.List;

/**
 * The topics of an installation as they were when this was opened: only what is committed, in the
 * order of each partition, as often as wanted and in bounded memory.
 */
public interface History extends AutoCloseable {
  /** Every partition of every topic of the catalogue, in its order. */
  List<Span> spans();

  /** The schemas of all values. */
  SchemaSource schemas();

  /** Reads a span from that position on. */
  Cursor open(Span span, long from) throws LogFailed, IOException;

  /** What the partition of a topic held; an empty span if there is no such partition. */
  default Span span(Topic topic, int partition) {
    return spans().stream()
        .filter(span -> span.topic().equals(topic) && span.partition() == partition)
        .findFirst()
        .orElseGet(() -> new Span(topic, partition, 0, 0));
  }

  @Override
  void close() throws IOException;
}
