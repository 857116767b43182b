package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which field ({@code metadata.managedFields}): an update takes the fields that it
 * changes, an apply takes what it names, and neither loses what it left alone. Source: Kubernetes
 * documentation, Server-Side Apply.
 */
final class FieldOwnership {
  /** One entry of managedFields. A manager that updates and applies has two. */
  private record Entry(
      String manager,
      String operation,
      String subresource,
      String apiVersion,
      String time,
      FieldSet fields) {
    boolean is(String otherManager, String otherOperation, String otherSubresource) {
      return manager.equals(otherManager)
          && operation.equals(otherOperation)
          && subresource.equals(otherSubresource);
    }

    Entry with(FieldSet changed) {
      return new Entry(manager, operation, subresource, apiVersion, time, changed);
    }

    Entry minus(FieldSet lost) {
      var rest = new TreeSet<>(fields.paths());
      rest.removeAll(lost.paths());
      return with(new FieldSet(rest));
    }
  }

  private final Kind kind;
  private final ListKeys keys;
  private final WriteOptions options;
  private final String time;

  FieldOwnership(Kind kind, WriteOptions options, Instant now) {
    this.kind = kind;
    this.keys = new ListKeys(kind.has(Kind.Trait.CUSTOM) ? "" : kind.kind());
    this.options = options;
    this.time = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Gives the fields that differ between the two to the manager of the write. */
  void update(@Nullable ObjectNode before, ObjectNode after) {
    var diff = FieldDiff.of(before == null ? Tree.object() : before, after, keys);
    if (diff.isEmpty()) {
      return;
    }
    var changed = diff.changed();
    var gone = diff.gone().paths();
    var lost = new TreeSet<>(gone);
    lost.addAll(changed.paths());
    var entries = new ArrayList<Entry>();
    var own = new TreeSet<>(changed.paths());
    for (var entry : entries(after)) {
      if (entry.is(options.manager(), "Update", options.subresource())) {
        own.addAll(entry.minus(FieldSet.of(gone)).fields().paths());
      } else {
        entries.add(entry.minus(FieldSet.of(lost)));
      }
    }
    entries.add(entry("Update", new FieldSet(own)));
    write(after, entries);
  }

  /**
   * The live object with the applied configuration merged in; fields that this manager no longer
   * names and nobody else owns are gone.
   */
  ObjectNode apply(@Nullable ObjectNode live, ObjectNode config) {
    var wanted = FieldSet.of(config, keys);
    if (live == null) {
      var fresh = config.deepCopy();
      write(fresh, List.of(entry("Apply", wanted)));
      return fresh;
    }
    var all = entries(live);
    var mine = all.stream().filter(this::isMine).findFirst();
    var others = all.stream().filter(e -> !isMine(e)).toList();
    var taken = conflicts(others, wanted, live, config);
    if (!taken.paths().isEmpty() && !options.force()) {
      throw refuse(others, taken);
    }
    var merged = live.deepCopy();
    mergeInto(merged, config, "");
    if (mine.isPresent()) {
      var dropped = new TreeSet<>(mine.get().fields().paths());
      dropped.removeAll(wanted.paths());
      others.forEach(o -> dropped.removeAll(o.fields().paths()));
      // whole elements first: without its key field an element could not be found any more
      dropped.stream().filter(FieldSet.Path::isElement).forEach(p -> prune(merged, p));
      dropped.stream().filter(p -> !p.isElement()).forEach(p -> prune(merged, p));
    }
    var entries = new ArrayList<Entry>();
    others.forEach(o -> entries.add(o.minus(taken)));
    boolean unchanged = mine.isPresent() && mine.get().fields().equals(wanted);
    entries.add(unchanged ? mine.get() : entry("Apply", wanted));
    write(merged, entries);
    return merged;
  }

  private boolean isMine(Entry entry) {
    return entry.is(options.manager(), "Apply", options.subresource());
  }

  private static FieldSet conflicts(
      List<Entry> others, FieldSet wanted, ObjectNode live, ObjectNode config) {
    return FieldSet.of(
        wanted.paths().stream()
            .filter(p -> others.stream().anyMatch(o -> o.fields().paths().contains(p)))
            .filter(p -> !same(p, live, config))
            .toList());
  }

  private static boolean same(FieldSet.Path path, JsonNode left, JsonNode right) {
    if (path.isElement()) {
      return FieldSet.value(left, path).isMissingNode()
          == FieldSet.value(right, path).isMissingNode();
    }
    return FieldSet.value(left, path).equals(FieldSet.value(right, path));
  }

  private static Refusal refuse(List<Entry> others, FieldSet taken) {
    var causes = new ArrayList<Refusal.Cause>();
    var parts = new ArrayList<String>();
    for (var other : others) {
      var fields = taken.paths().stream().filter(other.fields().paths()::contains).toList();
      if (fields.isEmpty()) {
        continue;
      }
      var who = "conflict with \"%s\"".formatted(other.manager());
      var using = other.operation().equals("Update") ? who + " using " + other.apiVersion() : who;
      fields.forEach(f -> causes.add(new Refusal.Cause("FieldManagerConflict", f.pretty(), using)));
      var names = fields.stream().map(f -> "\n- " + f.pretty()).collect(Collectors.joining());
      parts.add(
          fields.size() == 1 ? using + ": " + fields.getFirst().pretty() : using + ":" + names);
    }
    var count = causes.size() == 1 ? "1 conflict" : causes.size() + " conflicts";
    var how = parts.size() == 1 ? ": " + parts.getFirst() : ": " + String.join("\n", parts);
    return Refusal.applyConflict("Apply failed with " + count + how, causes);
  }

  private void mergeInto(ObjectNode target, ObjectNode config, String path) {
    for (var field : config.properties()) {
      var name = field.getKey();
      var here = ListKeys.join(path, name);
      var value = field.getValue();
      if (value instanceof ObjectNode object
          && target.get(name) instanceof ObjectNode child
          && !keys.atomicMap(here)) {
        mergeInto(child, object, here);
      } else if (value.isArray() && keys.at(here) instanceof ListKeys.Merge merge) {
        mergeList(target, name, value, merge, here);
      } else {
        target.set(name, value.deepCopy());
      }
    }
  }

  private void mergeList(
      ObjectNode target, String name, JsonNode config, ListKeys.Merge merge, String path) {
    var list = Tree.list(target, name);
    for (var item : config) {
      var step = merge.set() ? "v:" + item : FieldSet.element(item, merge);
      int index = indexOf(list, step);
      if (index < 0) {
        list.add(item.deepCopy());
      } else if (item instanceof ObjectNode object) {
        mergeInto((ObjectNode) list.get(index), object, path);
      }
    }
  }

  private static int indexOf(JsonNode list, String step) {
    for (int i = 0; i < list.size(); i++) {
      if (FieldSet.matches(list.get(i), step)) {
        return i;
      }
    }
    return -1;
  }

  /** Removes the field or element at the path, and what becomes empty by it. */
  private static void prune(ObjectNode root, FieldSet.Path path) {
    var steps = path.steps();
    var target = path.isElement() ? steps.subList(0, steps.size() - 1) : steps;
    var parent = FieldSet.value(root, new FieldSet.Path(target.subList(0, target.size() - 1)));
    var last = target.getLast();
    switch (parent) {
      case ObjectNode object -> object.remove(last.substring(2));
      case ArrayNode list -> {
        int index = indexOf(list, last);
        if (index >= 0) {
          list.remove(index);
        }
      }
      default -> {}
    }
    boolean hollow = parent.isContainerNode() && parent.isEmpty();
    if (hollow && target.size() > 2 && target.get(target.size() - 2).startsWith("f:")) {
      prune(root, new FieldSet.Path(List.copyOf(target.subList(0, target.size() - 1))));
    }
  }

  private Entry entry(String operation, FieldSet fields) {
    return new Entry(
        options.manager(), operation, options.subresource(), kind.apiVersion(), time, fields);
  }

  private static List<Entry> entries(JsonNode object) {
    var entries = new ArrayList<Entry>();
    for (var entry : Tree.items(object, "metadata", "managedFields")) {
      if (!entry.isEmpty()) {
        entries.add(
            new Entry(
                Tree.text(entry, "manager"),
                Tree.text(entry, "operation"),
                Tree.text(entry, "subresource"),
                Tree.text(entry, "apiVersion"),
                Tree.text(entry, "time"),
                FieldSet.parse(entry.path("fieldsV1"))));
      }
    }
    return entries;
  }

  private static void write(ObjectNode object, List<Entry> entries) {
    var list = Tree.child(object, "metadata").putArray("managedFields");
    for (var entry : entries) {
      if (entry.fields().paths().isEmpty()) {
        continue;
      }
      var node =
          list.addObject()
              .put("manager", entry.manager())
              .put("operation", entry.operation())
              .put("apiVersion", entry.apiVersion())
              .put("time", entry.time())
              .put("fieldsType", "FieldsV1");
      node.set("fieldsV1", entry.fields().fieldsV1());
      if (!entry.subresource().isEmpty()) {
        node.put("subresource", entry.subresource());
      }
    }
  }
}
