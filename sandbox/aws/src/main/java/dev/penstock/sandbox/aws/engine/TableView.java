package dev.penstock.sandbox.aws.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A table for those who only look: always as it is now. */
public interface TableView<V> {
  Optional<V> find(String key);

  boolean has(String key);

  Collection<V> all();

  /** The rows of one group, without a look at all others. */
  List<V> in(String group);
}
