package dev.penstock.sandbox.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map of objects in which every change has a revision and stays in a bounded log. One thread at a
 * time. An object that was put in belongs to the store and is never changed again; what comes out
 * must not be changed either.
 */
public final class ObjectStore {
  /** Changes that a watcher may be behind before it is told to list again. */
  public static final int DEFAULT_LOG_LIMIT = 20_000;

  private final int logLimit;
  private final Consumer<StoreChange> journal;
  private final TreeMap<String, TreeMap<StoreKey, ObjectNode>> tables = new TreeMap<>();
  private final ArrayList<StoreChange> log = new ArrayList<>();
  private long revision;
  private long compacted;
  private long generation;

  public ObjectStore() {
    this(DEFAULT_LOG_LIMIT, _ -> {});
  }

  /** {@code journal} hears each change after it was made, in order. */
  public ObjectStore(int logLimit, Consumer<StoreChange> journal) {
    this.logLimit = logLimit;
    this.journal = journal;
  }

  /** Starts from saved objects; changes up to {@code savedRevision} are not in the log. */
  void restore(long savedRevision, Map<StoreKey, ObjectNode> objects) {
    tables.clear();
    log.clear();
    objects.forEach((key, object) -> table(key.resource()).put(key, object));
    revision = savedRevision;
    compacted = savedRevision;
  }

  /** Makes a saved change again, without telling the journal. */
  void replay(long savedRevision, StoreKey key, @Nullable ObjectNode object) {
    var table = table(key.resource());
    var before = object == null ? table.remove(key) : table.put(key, object);
    if (object != null) {
      log.add(
          before == null
              ? new StoreChange.Added(savedRevision, key, object)
              : new StoreChange.Modified(savedRevision, key, before, object));
    } else if (before != null) {
      var last = before.deepCopy();
      stamp(last, savedRevision);
      log.add(new StoreChange.Deleted(savedRevision, key, before, last));
    }
    revision = savedRevision;
  }

  /** Another, empty store: revisions begin anew and the log has no past. */
  public void clear() {
    tables.clear();
    log.clear();
    revision = 0;
    compacted = 0;
    generation++;
  }

  /** Counts the times that the store was cleared. */
  long generation() {
    return generation;
  }

  public long revision() {
    return revision;
  }

  /** The oldest revision from which a watch can start. */
  public long oldest() {
    return compacted;
  }

  public Optional<ObjectNode> get(StoreKey key) {
    return Optional.ofNullable(table(key.resource()).get(key));
  }

  /** The objects of a resource, of all namespaces if {@code namespace} is empty, in key order. */
  public Collection<ObjectNode> list(String resource, String namespace) {
    var table = table(resource);
    return namespace.isEmpty() ? table.values() : within(table, namespace).values();
  }

  /** The same as {@link #list}, as it was at an earlier revision. */
  public Collection<ObjectNode> listAt(String resource, String namespace, long at)
      throws ExpiredException {
    var past = new TreeMap<>(table(resource));
    var undone = since(at);
    for (int i = undone.size() - 1; i >= 0; i--) {
      if (!undone.get(i).key().resource().equals(resource)) {
        continue;
      }
      switch (undone.get(i)) {
        case StoreChange.Added added -> past.remove(added.key());
        case StoreChange.Modified modified -> past.put(modified.key(), modified.before());
        case StoreChange.Deleted deleted -> past.put(deleted.key(), deleted.before());
      }
    }
    return namespace.isEmpty() ? past.values() : within(past, namespace).values();
  }

  /** Resources that ever held an object, in order. */
  public List<String> resources() {
    return List.copyOf(tables.keySet());
  }

  /** A resource's objects with their keys. */
  NavigableMap<StoreKey, ObjectNode> entries(String resource) {
    return table(resource);
  }

  /** Stores the object under a new revision, which is written into its metadata. */
  public ObjectNode put(StoreKey key, ObjectNode object) {
    revision++;
    stamp(object, revision);
    var before = table(key.resource()).put(key, object);
    append(
        before == null
            ? new StoreChange.Added(revision, key, object)
            : new StoreChange.Modified(revision, key, before, object));
    return object;
  }

  /** Removes the object; answers its last state under the revision of the removal. */
  public Optional<ObjectNode> remove(StoreKey key) {
    var before = table(key.resource()).remove(key);
    if (before == null) {
      return Optional.empty();
    }
    revision++;
    var last = before.deepCopy();
    stamp(last, revision);
    append(new StoreChange.Deleted(revision, key, before, last));
    return Optional.of(last);
  }

  /** Every change after {@code after}, oldest first. */
  public List<StoreChange> since(long after) throws ExpiredException {
    if (after < compacted) {
      throw new ExpiredException(after, compacted);
    }
    int from = (int) Math.min(log.size(), after - compacted);
    return List.copyOf(log.subList(from, log.size()));
  }

  /** Forgets the changes up to and including {@code upTo}; a watch from before expires. */
  public void compact(long upTo) {
    long bounded = Math.min(upTo, revision);
    if (bounded > compacted) {
      log.subList(0, (int) (bounded - compacted)).clear();
      compacted = bounded;
    }
  }

  private void append(StoreChange change) {
    log.add(change);
    if (log.size() > logLimit + logLimit / 4) {
      compact(revision - logLimit);
    }
    journal.accept(change);
  }

  private static void stamp(ObjectNode object, long revision) {
    object.withObjectProperty("metadata").put("resourceVersion", Long.toString(revision));
  }

  private TreeMap<StoreKey, ObjectNode> table(String resource) {
    return tables.computeIfAbsent(resource, _ -> new TreeMap<>());
  }

  private static NavigableMap<StoreKey, ObjectNode> within(
      TreeMap<StoreKey, ObjectNode> table, String namespace) {
    if (table.isEmpty()) {
      return table;
    }
    var resource = table.firstKey().resource();
    return table.subMap(
        new StoreKey(resource, namespace, ""),
        true,
        new StoreKey(resource, namespace + "\0", ""),
        false);
  }
}
