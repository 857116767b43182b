package dev.penstock.edges.log.history;

import dev.penstock.edges.log.LogFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a history into a log file, with every schema that its values need. */
public final class LogFileExport {
  private LogFileExport() {}

  /** Told of every record. */
  @FunctionalInterface
  public interface Progress {
    void written(Span span, RawRecord record);
  }

  /** Answers how many records were written. */
  public static long write(History history, Path path, Progress progress)
      throws LogFailed, IOException {
    long written = 0;
    try (var file = LogFileWriter.create(path, history.spans())) {
      for (var span : history.spans()) {
        if (!span.isEmpty()) {
          written += write(history, span, file, progress);
        }
      }
      file.finish();
    }
    return written;
  }

  private static long write(History history, Span span, LogFileWriter file, Progress progress)
      throws LogFailed, IOException {
    long written = 0;
    try (var cursor = history.open(span, span.beginning())) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        var record = next.get();
        if (record.value().isPresent()) {
          schema(history, record.value().get(), file);
        }
        file.append(span, record);
        progress.written(span, record);
        written++;
      }
    }
    return written;
  }

  /** Bytes of nobody's schema are kept as they are. */
  private static void schema(History history, byte[] value, LogFileWriter file)
      throws LogFailed, IOException {
    if (value.length < 5 || value[0] != 0) {
      return;
    }
    var id = ByteBuffer.wrap(value).getInt(1);
    if (!file.hasSchema(id)) {
      var schema = history.schemas().schema(id);
      if (schema.isPresent()) {
        file.schema(id, schema.get());
      }
    }
  }
}
