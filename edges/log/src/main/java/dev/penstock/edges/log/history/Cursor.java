package dev.penstock.edges.log.history;

import dev.penstock.edges.log.LogFailed;
import java.io.IOException;
import java.util.Optional;

/** Reads a span record by record. One thread owns it. */
public interface Cursor extends AutoCloseable {
  /** The next record; empty at the end. */
  Optional<RawRecord> next() throws LogFailed, IOException;

  @Override
  void close() throws IOException;
}
