package dev.penstock.cli.trail;

import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.Entry;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.Start;
import dev.penstock.edges.log.TopicReader;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.schemas.topic.Topic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads the records of a topic for people. One that cannot be read is named with its place and the
 * reason, and the others are told all the same.
 */
public final class TrailReader<T> implements AutoCloseable {
  private final Topic topic;
  private final TopicReader<T> reader;
  private final PrintWriter err;

  private TrailReader(Topic topic, TopicReader<T> reader, PrintWriter err) {
    this.topic = topic;
    this.reader = reader;
    this.err = err;
  }

  public static <T> TrailReader<T> open(
      LogAddress address, Topic topic, Class<T> type, Start start, PrintWriter err)
      throws LogFailed {
    var catalogue = address.catalogue();
    var codec = WireCodec.open(SchemaRegistry.open(address.connection()), catalogue, topic, type);
    var selection = TopicReader.Selection.all(topic, start);
    return new TrailReader<>(
        topic, TopicReader.open(address.connection(), catalogue, codec, selection), err);
  }

  /** Tells every record up to the end as it was when this reader was opened. */
  public void toEnd(Consumer<T> each) throws LogFailed {
    reader.toEnd(entry -> take(entry, each));
  }

  /** Waits at most that long for further records. */
  void next(Duration atMost, Consumer<T> each) throws LogFailed {
    reader.next(atMost).forEach(entry -> take(entry, each));
  }

  private void take(Entry<T> entry, Consumer<T> each) {
    switch (entry.value().orElse(null)) {
      case Decoded.Ok<T>(var record) -> each.accept(record);
      case Decoded.UnknownSchema<T>(_, var reason) -> unreadable(entry, reason);
      case Decoded.Malformed<T>(var reason) -> unreadable(entry, reason);
      case null -> {}
    }
  }

  private void unreadable(Entry<T> entry, String reason) {
    err.printf(
        "penstock: the record of %s at %d:%d cannot be read: %s%n",
        topic.name(), entry.partition(), entry.position(), reason);
  }

  @Override
  public void close() {
    reader.close();
  }
}
