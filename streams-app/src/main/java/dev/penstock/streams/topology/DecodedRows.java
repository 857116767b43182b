package dev.penstock.streams.topology;

import dev.penstock.schemas.table.Row;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What the arrays written and read last say. A store in memory answers the very array that was put
 * until the row is replaced, so a row is decoded once, not at every scan that passes it. An array
 * is known by its identity alone; what is forgotten is decoded again. For use by many threads.
 */
final class DecodedRows {
  private static final int SLOTS = 1 << 15;

  private final AtomicReferenceArray<@Nullable Known> slots = new AtomicReferenceArray<>(SLOTS);

  private record Known(byte[] bytes, Row row) {}

  /** The same serde, which remembers here. */
  <R extends Row> Serde<R> remembering(Serde<R> serde, Class<R> type) {
    Serializer<R> serializer =
        (topic, row) -> {
          var bytes = serde.serializer().serialize(topic, row);
          if (bytes != null) {
            slots.set(slot(bytes), new Known(bytes, row));
          }
          return bytes;
        };
    Deserializer<R> deserializer =
        (topic, bytes) -> {
          var known = bytes == null ? null : slots.get(slot(bytes));
          if (known != null && known.bytes() == bytes) {
            return type.cast(known.row());
          }
          var row = serde.deserializer().deserialize(topic, bytes);
          if (bytes != null) {
            slots.set(slot(bytes), new Known(bytes, row));
          }
          return row;
        };
    return Serdes.serdeFrom(serializer, deserializer);
  }

  private static int slot(byte[] bytes) {
    return System.identityHashCode(bytes) & (SLOTS - 1);
  }
}
