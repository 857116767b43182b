package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.store.ExpiredException;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The verbs of the API as plain methods. Each either changes the store and answers the stored
 * object, or throws a {@link Refusal} and changes nothing. What is passed in is copied; what comes
 * out belongs to the store and must not be changed. One thread at a time.
 */
public final class ApiRules {
  private final ObjectStore store;
  private final Kinds kinds;
  private final Writes writes;
  private final Deletion deletion;

  public ApiRules(ObjectStore store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.kinds = new Kinds(store);
    this.deletion = new Deletion(store, clock);
    this.writes = new Writes(store, deletion, clock, random);
  }

  public Kinds kinds() {
    return kinds;
  }

  public ObjectStore store() {
    return store;
  }

  public ObjectNode get(Kind kind, String namespace, String name) {
    return find(kind, namespace, name).orElseThrow(() -> Refusal.notFound(kind, name));
  }

  public Optional<ObjectNode> find(Kind kind, String namespace, String name) {
    return store.get(kind.key(namespace, name));
  }

  /** Every object of the kind; of all namespaces if {@code namespace} is empty. */
  public List<ObjectNode> all(Kind kind, String namespace) {
    return List.copyOf(store.list(kind.resource(), namespace));
  }

  public Page list(Kind kind, ListQuery query) {
    var token = Continuation.parse(query.continuation());
    long at = token.isPresent() ? token.get().revision() : store.revision();
    var after = token.map(Continuation::after).orElse("");
    var matches = query.matcher(kind);
    var rest = new ArrayList<ObjectNode>();
    for (var object : objects(kind, query.namespace(), at, token.isPresent())) {
      if (position(object).compareTo(after) > 0 && matches.test(object)) {
        rest.add(object);
      }
    }
    int limit = query.limit() <= 0 ? rest.size() : Math.min(query.limit(), rest.size());
    if (limit == rest.size()) {
      return new Page(rest, at, "", 0);
    }
    var items = rest.subList(0, limit);
    var next = new Continuation(at, position(items.getLast())).token();
    return new Page(items, at, next, rest.size() - limit);
  }

  private Collection<ObjectNode> objects(Kind kind, String namespace, long at, boolean past) {
    if (!past) {
      return store.list(kind.resource(), namespace);
    }
    try {
      return store.listAt(kind.resource(), namespace, at);
    } catch (ExpiredException _) {
      throw Refusal.expired(
          "The provided continue parameter is too old to display a consistent list result. You can"
              + " start a new list without the continue parameter.");
    }
  }

  private static String position(ObjectNode object) {
    return Tree.namespace(object) + "\0" + Tree.name(object);
  }

  /** What a watch of the query sees after the revision. */
  public List<Seen> watch(Kind kind, ListQuery query, long after) throws ExpiredException {
    var matches = query.matcher(kind);
    var seen = new ArrayList<Seen>();
    for (var change : store.since(after)) {
      var key = change.key();
      boolean concerns =
          key.resource().equals(kind.resource())
              && (query.namespace().isEmpty() || query.namespace().equals(key.namespace()));
      if (!concerns) {
        continue;
      }
      boolean now = matches.test(change.object());
      switch (change) {
        case StoreChange.Added _ when now -> seen.add(seen(Seen.Type.ADDED, change));
        case StoreChange.Added _ -> {}
        case StoreChange.Modified modified -> {
          boolean then = matches.test(modified.before());
          if (now) {
            seen.add(seen(then ? Seen.Type.MODIFIED : Seen.Type.ADDED, change));
          } else if (then) {
            seen.add(left(modified));
          }
        }
        case StoreChange.Deleted _ when now -> seen.add(seen(Seen.Type.DELETED, change));
        case StoreChange.Deleted _ -> {}
      }
    }
    return seen;
  }

  private static Seen seen(Seen.Type type, StoreChange change) {
    return new Seen(type, change.object(), change.revision());
  }

  private static Seen left(StoreChange.Modified change) {
    var last = change.before().deepCopy();
    Tree.child(last, "metadata").put("resourceVersion", Long.toString(change.revision()));
    return new Seen(Seen.Type.DELETED, last, change.revision());
  }

  public ObjectNode create(Kind kind, String namespace, ObjectNode object, WriteOptions options) {
    if (kind.has(Kind.Trait.CUSTOM) && definitionGoes(kind)) {
      throw Refusal.ofCode(
          405, "create not allowed while custom resource definition is terminating");
    }
    return writes.create(kind, namespace, object, options);
  }

  private boolean definitionGoes(Kind kind) {
    return find(Kinds.CUSTOM_RESOURCE_DEFINITION, "", kind.resource())
        .filter(Tree::deleting)
        .isPresent();
  }

  /** Replaces the object or, with a subresource, that part of it. */
  public ObjectNode update(
      Kind kind, String namespace, String name, ObjectNode object, WriteOptions options) {
    return writes.update(kind, get(kind, namespace, name), object, options);
  }

  public ObjectNode patch(
      Kind kind, String namespace, String name, Patch patch, WriteOptions options) {
    return switch (patch) {
      case Patch.Apply(var config) -> writes.apply(kind, namespace, name, config, options);
      case Patch.Json(var operations) -> {
        var live = get(kind, namespace, name);
        yield writes.update(kind, live, patched(JsonPatch.apply(live, operations)), options);
      }
      case Patch.Merge(var changes) -> {
        var live = get(kind, namespace, name);
        yield writes.update(kind, live, MergePatch.merge(live, changes), options);
      }
      case Patch.Strategic(var changes) -> {
        if (kind.has(Kind.Trait.CUSTOM)) {
          throw Refusal.ofCode(
              415,
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json-patch+json, application/merge-patch+json,"
                  + " application/apply-patch+yaml");
        }
        var live = get(kind, namespace, name);
        yield writes.update(kind, live, MergePatch.strategic(live, changes, kind.kind()), options);
      }
    };
  }

  private static ObjectNode patched(JsonNode result) {
    if (result instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the patched document is not an object");
  }

  /** Deletes the object, or marks it as being deleted; answers its last state. */
  public ObjectNode delete(Kind kind, String namespace, String name, DeleteOptions options) {
    return deletion.delete(kind, get(kind, namespace, name), options);
  }

  /** Whether the object is gone from the store. */
  public boolean gone(Kind kind, ObjectNode object) {
    var key = new StoreKey(kind.resource(), Tree.namespace(object), Tree.name(object));
    return store.get(key).filter(live -> Tree.uid(live).equals(Tree.uid(object))).isEmpty();
  }

  /** Where a paged list goes on: the revision of its first page and the last object given. */
  private record Continuation(long revision, String after) {
    String token() {
      var text = revision + "|" + after;
      return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Continuation> parse(String token) {
      if (token.isEmpty()) {
        return Optional.empty();
      }
      try {
        var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        int bar = text.indexOf('|');
        var revision = Long.parseLong(text.substring(0, bar));
        return Optional.of(new Continuation(revision, text.substring(bar + 1)));
      } catch (IllegalArgumentException | StringIndexOutOfBoundsException _) {
        throw Refusal.badRequest("continue key is not valid: " + token);
      }
    }
  }
}
