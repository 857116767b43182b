package dev.penstock.sandbox.aws.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one kind in order of creation. Every change is reported to the chronicle, which can take
 * it back, write it down, and show the table as it was a moment ago.
 */
public final class Table<V> implements TableView<V> {
  private record Undo<V>(Instant at, String key, @Nullable V before) {}

  private final String name;
  private final Class<V> type;
  private final Function<V, String> groupOf;
  private final Chronicle chronicle;
  private final Map<String, V> rows = new LinkedHashMap<>();
  private final Map<String, Map<String, V>> groups = new LinkedHashMap<>();
  private final Deque<Undo<V>> history = new ArrayDeque<>();

  /**
   * @param groupOf the rows of one group can be listed without looking at all others
   */
  Table(String name, Class<V> type, Function<V, String> groupOf, Chronicle chronicle) {
    this.name = name;
    this.type = type;
    this.groupOf = groupOf;
    this.chronicle = chronicle;
  }

  public String name() {
    return name;
  }

  Class<V> type() {
    return type;
  }

  /** The table under the type of its rows. */
  @SuppressWarnings("unchecked")
  <R> Table<R> as(Class<R> rows) {
    if (rows != type) {
      throw new IllegalArgumentException(name + " holds rows of " + type);
    }
    return (Table<R>) this;
  }

  @Override
  public Optional<V> find(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public boolean has(String key) {
    return rows.containsKey(key);
  }

  public int size() {
    return rows.size();
  }

  @Override
  public Collection<V> all() {
    return List.copyOf(rows.values());
  }

  public Map<String, V> entries() {
    return new LinkedHashMap<>(rows);
  }

  @Override
  public List<V> in(String group) {
    var members = groups.get(group);
    return members == null ? List.of() : List.copyOf(members.values());
  }

  public void put(String key, V row) {
    var before = set(key, row);
    note(key, before);
    chronicle.changed(this, key, before, row);
  }

  /** Writes what can be computed again: no history, no journal. */
  public void refresh(String key, V row) {
    set(key, row);
  }

  public Optional<V> remove(String key) {
    var before = set(key, null);
    if (before == null) {
      return Optional.empty();
    }
    note(key, before);
    chronicle.changed(this, key, before, null);
    return Optional.of(before);
  }

  /**
   * The table as it was at {@code moment}, as far as the history reaches; changes to it are lost.
   */
  Table<V> asOf(Instant moment, Chronicle scratch) {
    var copy = new Table<>(name, type, groupOf, scratch);
    rows.forEach(copy::set);
    for (var undo : history) {
      if (!undo.at().isAfter(moment)) {
        break;
      }
      copy.set(undo.key(), undo.before());
    }
    return copy;
  }

  /** Undoes or replays a change without a note of it. */
  @Nullable V set(String key, @Nullable V row) {
    var before = row == null ? rows.remove(key) : rows.put(key, row);
    if (before != null && (row == null || !groupOf.apply(before).equals(groupOf.apply(row)))) {
      var members = groups.get(groupOf.apply(before));
      if (members != null) {
        members.remove(key);
        if (members.isEmpty()) {
          groups.remove(groupOf.apply(before));
        }
      }
    }
    if (row != null) {
      groups.computeIfAbsent(groupOf.apply(row), _ -> new LinkedHashMap<>()).put(key, row);
    }
    return before;
  }

  void takeBack(String key, @Nullable Object before) {
    history.pollFirst();
    set(key, type.cast(before));
  }

  private void note(String key, @Nullable V before) {
    if (!chronicle.keepsHistory()) {
      return;
    }
    history.addFirst(new Undo<>(chronicle.now(), key, before));
    var oldest = chronicle.now().minus(chronicle.window());
    while (!history.isEmpty() && history.getLast().at().isBefore(oldest)) {
      history.removeLast();
    }
  }

  List<String> keys() {
    return new ArrayList<>(rows.keySet());
  }
}
