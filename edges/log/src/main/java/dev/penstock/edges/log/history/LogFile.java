package dev.penstock.edges.log.history;

import dev.penstock.edges.log.SchemaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** A log file. Opening it reads it once, to learn its schemas and where each span begins. */
public final class LogFile implements History {
  private final Path path;
  private final List<Span> spans;
  private final Map<Integer, Schema> schemas = new HashMap<>();
  private final Map<String, Long> begins = new HashMap<>();

  private LogFile(Path path, List<Span> spans) {
    this.path = path;
    this.spans = spans;
  }

  /** Fails with {@link IOException} for what is no log file, or only the beginning of one. */
  public static LogFile open(Path path) throws IOException {
    try (var reader = reader(path)) {
      var text = reader.getMetaString(LogFileFormat.SPANS);
      if (text == null) {
        throw new IOException(path + " is an Avro file, but no log file");
      }
      var log = new LogFile(path, LogFileFormat.read(text));
      log.index(reader);
      return log;
    } catch (AvroRuntimeException e) {
      throw new IOException(path + " is damaged: " + e.getMessage(), e);
    }
  }

  private static DataFileReader<GenericRecord> reader(Path path) throws IOException {
    return new DataFileReader<>(path.toFile(), new GenericDatumReader<>(LogFileFormat.RECORD));
  }

  private void index(DataFileReader<GenericRecord> reader) throws IOException {
    GenericRecord record = null;
    var topic = "";
    while (reader.hasNext()) {
      var block = reader.previousSync();
      record = reader.next(record);
      topic = record.get("topic").toString();
      if (topic.equals(LogFileFormat.SCHEMAS)) {
        var id = Integer.parseInt(record.get("key").toString());
        schemas.put(id, new Schema.Parser().parse(text(record)));
      } else {
        begins.putIfAbsent(place(topic, (int) record.get("partition")), block);
      }
    }
    if (!topic.equals(LogFileFormat.END)) {
      throw new IOException(path + " is only the beginning of a log file");
    }
  }

  private static String text(GenericRecord record) {
    return StandardCharsets.UTF_8.decode((ByteBuffer) record.get("value")).toString();
  }

  private static String place(String topic, int partition) {
    return topic + " " + partition;
  }

  @Override
  public List<Span> spans() {
    return spans;
  }

  @Override
  public SchemaSource schemas() {
    return id -> Optional.ofNullable(schemas.get(id));
  }

  @Override
  public Cursor open(Span span, long from) throws IOException {
    var begin = begins.get(place(span.topic().name(), span.partition()));
    var reader = reader(path);
    if (begin != null) {
      reader.seek(begin);
    }
    return new FileCursor(reader, span, from, begin == null);
  }

  @Override
  public void close() {}

  private static final class FileCursor implements Cursor {
    private final DataFileReader<GenericRecord> reader;
    private final Span span;
    private final long from;
    private boolean ended;

    FileCursor(DataFileReader<GenericRecord> reader, Span span, long from, boolean ended) {
      this.reader = reader;
      this.span = span;
      this.from = from;
      this.ended = ended;
    }

    @Override
    public Optional<RawRecord> next() throws IOException {
      while (!ended && reader.hasNext()) {
        var record = reader.next();
        var topic = record.get("topic").toString();
        if (topic.equals(LogFileFormat.SCHEMAS)) {
          continue;
        }
        ended =
            !topic.equals(span.topic().name()) || (int) record.get("partition") != span.partition();
        if (!ended && (long) record.get("offset") >= from) {
          return Optional.of(raw(record));
        }
      }
      return Optional.empty();
    }

    private static RawRecord raw(GenericRecord record) {
      return new RawRecord(
          (long) record.get("offset"),
          Instant.ofEpochMilli((long) record.get("timestamp")),
          record.get("key").toString(),
          Optional.ofNullable((ByteBuffer) record.get("value")).map(FileCursor::bytes));
    }

    private static byte[] bytes(ByteBuffer value) {
      var bytes = new byte[value.remaining()];
      value.get(bytes);
      return bytes;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
