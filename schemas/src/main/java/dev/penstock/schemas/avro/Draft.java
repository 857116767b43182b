package dev.penstock.schemas.avro;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record while Avro reads it: its components, to be handed to the canonical constructor. Lists
 * and maps become unmodifiable on the way, maps in the order of the bytes.
 */
final class Draft implements IndexedRecord {
  private final Schema schema;
  private final Shape shape;
  private final @Nullable Object[] values;

  Draft(Schema schema, Shape shape) {
    this.schema = schema;
    this.shape = shape;
    this.values = new @Nullable Object[shape.size()];
  }

  /** The value that was read, with every draft in it made into its record. */
  static @Nullable Object finish(@Nullable Object read) {
    return switch (read) {
      case null -> null;
      case Draft draft -> draft.shape.make(draft.values);
      case List<?> list -> finishList(list);
      case Map<?, ?> map -> finishMap(map);
      default -> read;
    };
  }

  private static List<?> finishList(List<?> list) {
    if (list.isEmpty() || !unfinished(list.getFirst())) {
      return List.copyOf(list);
    }
    var finished = new ArrayList<@Nullable Object>(list.size());
    for (Object element : list) {
      finished.add(finish(element));
    }
    return Collections.unmodifiableList(finished);
  }

  private static Map<?, ?> finishMap(Map<?, ?> map) {
    var finished = new LinkedHashMap<Object, @Nullable Object>();
    map.forEach((key, value) -> finished.put(key, finish(value)));
    return Collections.unmodifiableMap(finished);
  }

  private static boolean unfinished(Object element) {
    return element instanceof Draft || element instanceof List || element instanceof Map;
  }

  @Override
  public void put(int position, Object value) {
    values[position] = finish(value);
  }

  @Override
  @SuppressWarnings("NullAway") // Avro's contract: null where nothing was read
  public Object get(int position) {
    return values[position];
  }

  @Override
  public Schema getSchema() {
    return schema;
  }
}
