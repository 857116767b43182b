package dev.penstock.edges.log.history;

import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * A log file is an Avro object container file. Its records have Kafka's own words; values are in
 * Confluent's wire format. Records of one partition stand together. The schema of an id is a record
 * of the topic {@code _schemas} before the first value that needs it. What each partition held
 * stands in the file's metadata. The last record is one of the topic {@code _end}.
 */
final class LogFileFormat {
  /** Metadata: one line for each partition, {@code topic partition beginning end}. */
  static final String SPANS = "penstock.partitions";

  /** The topic of records whose key is a schema's id and whose value is its text. */
  static final String SCHEMAS = "_schemas";

  /** The topic of the last record: without it the file is only the beginning of one. */
  static final String END = "_end";

  static final Schema RECORD =
      SchemaBuilder.record("LogRecord")
          .namespace("dev.penstock")
          .doc("One record of a topic.")
          .fields()
          .requiredString("topic")
          .requiredInt("partition")
          .requiredLong("offset")
          .name("timestamp")
          .doc("append time in milliseconds since 1970")
          .type()
          .longType()
          .noDefault()
          .requiredString("key")
          .name("value")
          .doc("null is a tombstone")
          .type()
          .optional()
          .bytesType()
          .endRecord();

  private LogFileFormat() {}

  static String write(List<Span> spans) {
    return spans.stream()
        .map(
            s -> "%s %d %d %d%n".formatted(s.topic().name(), s.partition(), s.beginning(), s.end()))
        .collect(Collectors.joining());
  }

  static List<Span> read(String text) throws IOException {
    var spans = new ArrayList<Span>();
    for (var line : text.lines().toList()) {
      var words = line.split(" ", -1);
      try {
        var topic = topic(words[0]);
        if (topic.isPresent()) {
          spans.add(
              new Span(
                  topic.get(),
                  Integer.parseInt(words[1]),
                  Long.parseLong(words[2]),
                  Long.parseLong(words[3])));
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException("not a line of " + SPANS + ": " + line, e);
      }
    }
    return List.copyOf(spans);
  }

  /** A topic of the catalogue; a later version may have more. */
  static Optional<Topic> topic(String name) {
    return Topics.all().stream().filter(topic -> topic.name().equals(name)).findFirst();
  }
}
