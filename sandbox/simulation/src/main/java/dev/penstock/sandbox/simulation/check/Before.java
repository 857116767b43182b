package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.TableView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A table as it was before some changes. */
final class Before<V> implements TableView<V> {
  private final TableView<V> now;
  private final Function<V, String> groupOf;
  private final Map<String, Optional<V>> then;
  private final Map<V, Boolean> since = new IdentityHashMap<>();

  private Before(TableView<V> now, Function<V, String> groupOf, Map<String, Optional<V>> then) {
    this.now = now;
    this.groupOf = groupOf;
    this.then = then;
    then.keySet().forEach(key -> now.find(key).ifPresent(row -> since.put(row, true)));
  }

  /** The table itself, if the changes leave it alone. */
  static <V> TableView<V> of(
      TableView<V> now,
      Class<V> type,
      String kind,
      List<RowChange> changes,
      Function<V, String> groupOf) {
    var then = new LinkedHashMap<String, Optional<V>>();
    for (var change : changes) {
      if (change.kind().equals(kind)) {
        then.putIfAbsent(change.key(), change.before().map(type::cast));
      }
    }
    return then.isEmpty() ? now : new Before<>(now, groupOf, then);
  }

  @Override
  public Optional<V> find(String key) {
    var row = then.get(key);
    return row == null ? now.find(key) : row;
  }

  @Override
  public boolean has(String key) {
    return find(key).isPresent();
  }

  @Override
  public Collection<V> all() {
    return with(now.all(), _ -> true);
  }

  @Override
  public List<V> in(String group) {
    return with(now.in(group), row -> groupOf.apply(row).equals(group));
  }

  private List<V> with(Collection<V> rows, Function<V, Boolean> belongs) {
    var all = new ArrayList<V>();
    for (var row : rows) {
      if (!since.containsKey(row)) {
        all.add(row);
      }
    }
    then.values().forEach(row -> row.filter(belongs::apply).ifPresent(all::add));
    return all;
  }
}
