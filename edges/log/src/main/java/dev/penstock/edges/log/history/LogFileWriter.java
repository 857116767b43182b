package dev.penstock.edges.log.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes a log file. The records of a span are written together and in their order, a schema before
 * the first value that needs it.
 */
public final class LogFileWriter implements AutoCloseable {
  private static final int COMPRESSION = 1;

  private final DataFileWriter<GenericRecord> file;
  private final Set<Integer> schemas = new HashSet<>();
  private Optional<Span> current = Optional.empty();

  private LogFileWriter(DataFileWriter<GenericRecord> file) {
    this.file = file;
  }

  /** A new file in place of any that is there. */
  public static LogFileWriter create(Path path, List<Span> spans) throws IOException {
    var file = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(LogFileFormat.RECORD));
    file.setCodec(CodecFactory.deflateCodec(COMPRESSION));
    file.setMeta(LogFileFormat.SPANS, LogFileFormat.write(spans));
    return new LogFileWriter(file.create(LogFileFormat.RECORD, Files.newOutputStream(path)));
  }

  /** The schema of the values that have this id; written once. */
  public void schema(int id, Schema schema) throws IOException {
    if (schemas.add(id)) {
      var text = schema.toString().getBytes(StandardCharsets.UTF_8);
      var record = new RawRecord(0, Instant.EPOCH, Integer.toString(id), Optional.of(text));
      append(LogFileFormat.SCHEMAS, 0, record);
    }
  }

  public boolean hasSchema(int id) {
    return schemas.contains(id);
  }

  public void append(Span span, RawRecord record) throws IOException {
    if (current.filter(span::equals).isEmpty()) {
      current = Optional.of(span);
      // A reader begins at a block, so a span does too.
      file.sync();
    }
    append(span.topic().name(), span.partition(), record);
  }

  private void append(String topic, int partition, RawRecord record) throws IOException {
    var kept = new GenericData.Record(LogFileFormat.RECORD);
    kept.put("topic", topic);
    kept.put("partition", partition);
    kept.put("offset", record.position());
    kept.put("timestamp", record.time().toEpochMilli());
    kept.put("key", record.key());
    kept.put("value", record.value().map(ByteBuffer::wrap).orElse(null));
    file.append(kept);
  }

  /** Marks the file as whole. */
  public void finish() throws IOException {
    append(LogFileFormat.END, 0, new RawRecord(0, Instant.EPOCH, "", Optional.empty()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
