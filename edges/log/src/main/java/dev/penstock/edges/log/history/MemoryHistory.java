package dev.penstock.edges.log.history;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaSource;
import dev.penstock.schemas.topic.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history in memory, for tests and simulation. */
public final class MemoryHistory implements History {
  private final SchemaSource schemas;
  private final Map<Span, List<RawRecord>> records = new LinkedHashMap<>();

  /** An empty one whose values have these schemas. */
  public MemoryHistory(SchemaSource schemas) {
    this.schemas = schemas;
  }

  public static MemoryHistory copyOf(History other) throws LogFailed, IOException {
    var copy = new MemoryHistory(other.schemas());
    for (var span : other.spans()) {
      var read = new ArrayList<RawRecord>();
      try (var cursor = other.open(span, span.beginning())) {
        for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
          read.add(next.get());
        }
      }
      copy.put(span, read);
    }
    return copy;
  }

  /** What a partition holds, in place of what it held. */
  public void put(Span span, List<RawRecord> held) {
    records.remove(span(span.topic(), span.partition()));
    records.put(span, List.copyOf(held));
  }

  /** What a partition holds. */
  public List<RawRecord> records(Topic topic, int partition) {
    return records.getOrDefault(span(topic, partition), List.of());
  }

  @Override
  public List<Span> spans() {
    return List.copyOf(records.keySet());
  }

  @Override
  public SchemaSource schemas() {
    return schemas;
  }

  @Override
  public Cursor open(Span span, long from) {
    var read =
        records(span.topic(), span.partition()).stream()
            .filter(record -> record.position() >= from)
            .iterator();
    return new MemoryCursor(read);
  }

  @Override
  public void close() {}

  private record MemoryCursor(Iterator<RawRecord> read) implements Cursor {
    @Override
    public Optional<RawRecord> next() {
      return read.hasNext() ? Optional.of(read.next()) : Optional.empty();
    }

    @Override
    public void close() {}
  }
}
