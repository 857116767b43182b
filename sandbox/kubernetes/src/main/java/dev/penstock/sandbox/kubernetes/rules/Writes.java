package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Create, update and apply: what the server fills in, refuses and keeps out of the writer's hands.
 */
final class Writes {
  private static final String NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int MAX_OBJECT_BYTES = 1_572_864;

  /** Metadata that only the server writes; a writer's value is ignored. */
  private static final List<String> SERVER_OWNED =
      List.of(
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "selfLink");

  private final ObjectStore store;
  private final Deletion deletion;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Defaults defaults;
  private final Validation validation;

  Writes(ObjectStore store, Deletion deletion, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.deletion = deletion;
    this.clock = clock;
    this.random = random;
    this.defaults = new Defaults(store);
    this.validation = new Validation(store);
  }

  ObjectNode create(Kind kind, String namespace, ObjectNode input, WriteOptions options) {
    var object = identified(kind, namespace, input);
    var name = Tree.name(object);
    requireNamespace(kind, namespace, name);
    if (store.get(kind.key(namespace, name)).isPresent()) {
      throw Refusal.alreadyExists(kind, name);
    }
    validation.prune(kind, object);
    var metadata = Tree.child(object, "metadata");
    boolean applied = metadata.has("managedFields");
    birth(kind, object, metadata);
    if (!applied) {
      new FieldOwnership(kind, options, clock.instant()).update(null, object);
    }
    defaults.onCreate(kind, object);
    validation.check(kind, object, null);
    requireSize(object);
    if (options.dryRun()) {
      return object;
    }
    return store.put(kind.key(namespace, name), object);
  }

  private ObjectNode identified(Kind kind, String namespace, ObjectNode input) {
    var object = Tree.object();
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    requireType(kind, input);
    object.setAll(input.deepCopy());
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    var metadata = Tree.child(object, "metadata");
    var prefix = Tree.text(metadata, "generateName");
    if (Tree.text(metadata, "name").isEmpty()) {
      if (prefix.isEmpty()) {
        throw Refusal.invalid(
            kind,
            "",
            List.of(Refusal.Cause.required("metadata.name", "name or generateName is required")));
      }
      metadata.put("name", prefix + suffix());
    }
    requireSameNamespace(kind, namespace, metadata);
    return object;
  }

  private static void requireType(Kind kind, ObjectNode input) {
    var apiVersion = Tree.text(input, "apiVersion");
    var name = Tree.text(input, "kind");
    boolean wrongVersion = !apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion());
    boolean wrongKind = !name.isEmpty() && !name.equals(kind.kind());
    if (wrongVersion || wrongKind) {
      throw Refusal.badRequest(
          "the object provided is unrecognized (must be of type %s): %s, Kind=%s"
              .formatted(kind.kind(), apiVersion, name));
    }
  }

  private static void requireSameNamespace(Kind kind, String namespace, ObjectNode metadata) {
    var own = Tree.text(metadata, "namespace");
    if (!kind.namespaced()) {
      metadata.remove("namespace");
    } else if (own.isEmpty()) {
      metadata.put("namespace", namespace);
    } else if (!own.equals(namespace)) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private void requireNamespace(Kind kind, String namespace, String name) {
    if (!kind.namespaced()) {
      return;
    }
    var home =
        store
            .get(Kinds.NAMESPACE.key("", namespace))
            .orElseThrow(() -> Refusal.notFound(Kinds.NAMESPACE, namespace));
    if (Tree.deleting(home)) {
      throw Refusal.terminating(kind, name, namespace);
    }
  }

  private void birth(Kind kind, ObjectNode object, ObjectNode metadata) {
    SERVER_OWNED.forEach(metadata::remove);
    metadata.remove("resourceVersion");
    metadata.put("uid", uuid());
    metadata.put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    if (kind.has(Kind.Trait.GENERATION)) {
      metadata.put("generation", 1);
    }
    boolean keepsStatus = kind.equals(Kinds.NODE);
    if (kind.has(Kind.Trait.STATUS) && !keepsStatus) {
      object.remove("status");
    }
  }

  ObjectNode update(Kind kind, ObjectNode live, ObjectNode input, WriteOptions options) {
    return update(kind, live, input, options, managedByWriter(live, input));
  }

  private ObjectNode update(
      Kind kind, ObjectNode live, ObjectNode input, WriteOptions options, boolean owned) {
    requireType(kind, input);
    requireIdentity(kind, live, input);
    var object = assembled(kind, live, input, options.subresource());
    validation.prune(kind, object);
    defaults.onUpdate(kind, object, live);
    if (kind.has(Kind.Trait.GENERATION) && !sameIntent(live, object)) {
      int generation = Tree.at(live, "metadata", "generation").asInt();
      Tree.child(object, "metadata").put("generation", generation + 1);
    }
    if (options.subresource().isEmpty() || kind.has(Kind.Trait.CUSTOM)) {
      validation.check(kind, object, live);
    }
    if (live.equals(object)) {
      return live;
    }
    requireSize(object);
    if (!owned) {
      new FieldOwnership(kind, options, clock.instant()).update(live, object);
    }
    return save(kind, object, options);
  }

  private static ObjectNode assembled(
      Kind kind, ObjectNode live, ObjectNode input, String subresource) {
    boolean status = subresource.equals("status");
    var object = status ? live.deepCopy() : input.deepCopy();
    if (status) {
      Tree.child(object, "metadata")
          .set("managedFields", input.path("metadata").path("managedFields"));
      if (input.has("status")) {
        object.set("status", input.get("status").deepCopy());
      } else {
        object.remove("status");
      }
    } else if (subresource.isEmpty() && kind.has(Kind.Trait.STATUS)) {
      object.remove("status");
      if (live.has("status")) {
        object.set("status", live.get("status").deepCopy());
      }
    }
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    keepServerOwned(live, object);
    return object;
  }

  private static void keepServerOwned(ObjectNode live, ObjectNode object) {
    var from = (ObjectNode) live.get("metadata");
    var metadata = Tree.child(object, "metadata");
    for (var field : SERVER_OWNED) {
      metadata.remove(field);
      if (from.has(field)) {
        metadata.set(field, from.get(field));
      }
    }
    metadata.set("name", from.get("name"));
    metadata.set("resourceVersion", from.get("resourceVersion"));
    if (from.has("namespace")) {
      metadata.set("namespace", from.get("namespace"));
    }
    if (!(metadata.path("managedFields").isArray()) && from.has("managedFields")) {
      metadata.set("managedFields", from.get("managedFields").deepCopy());
    } else if (!metadata.path("managedFields").isArray()) {
      metadata.remove("managedFields");
    }
  }

  private static boolean managedByWriter(ObjectNode live, ObjectNode input) {
    var given = input.path("metadata").path("managedFields");
    return given.isArray() && !given.equals(live.path("metadata").path("managedFields"));
  }

  private static void requireIdentity(Kind kind, ObjectNode live, ObjectNode input) {
    var name = Tree.name(live);
    var given = Tree.text(input, "metadata", "name");
    if (!given.isEmpty() && !given.equals(name)) {
      throw Refusal.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(given, name));
    }
    var uid = Tree.uid(input);
    if (!uid.isEmpty() && !uid.equals(Tree.uid(live))) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Tree.uid(live)));
    }
    var revision = Tree.text(input, "metadata", "resourceVersion");
    var liveRevision = Tree.text(live, "metadata", "resourceVersion");
    if (!revision.isEmpty() && !revision.equals("0") && !revision.equals(liveRevision)) {
      throw Refusal.conflict(
          kind,
          name,
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
  }

  ObjectNode apply(
      Kind kind, String namespace, String name, ObjectNode config, WriteOptions options) {
    if (options.manager().isEmpty()) {
      throw Refusal.invalid(
          kind,
          name,
          List.of(Refusal.Cause.required("fieldManager", "is required for apply patch")));
    }
    requireType(kind, config);
    var wanted = config.deepCopy();
    if (Tree.has(wanted, "metadata", "managedFields")) {
      throw Refusal.badRequest("metadata.managedFields must be nil");
    }
    boolean status = options.subresource().equals("status");
    if (status) {
      wanted.retain(Set.of("apiVersion", "kind", "metadata", "status"));
      Tree.child(wanted, "metadata").remove(List.of("labels", "annotations", "finalizers"));
    } else if (kind.has(Kind.Trait.STATUS)) {
      wanted.remove("status");
    }
    var ownership = new FieldOwnership(kind, options, clock.instant());
    var live = store.get(kind.key(namespace, name));
    if (live.isPresent()) {
      requireIdentity(kind, live.get(), wanted);
      Tree.child(wanted, "metadata").remove("resourceVersion");
      return update(kind, live.get(), ownership.apply(live.get(), wanted), options, true);
    }
    if (status) {
      throw Refusal.notFound(kind, name);
    }
    Tree.child(wanted, "metadata").put("name", name);
    return create(kind, namespace, ownership.apply(null, wanted), options);
  }

  private ObjectNode save(Kind kind, ObjectNode object, WriteOptions options) {
    if (options.dryRun()) {
      return object;
    }
    var key = kind.key(Tree.namespace(object), Tree.name(object));
    var saved = store.put(key, object);
    deletion.finish(kind, saved);
    return saved;
  }

  /** Whether nothing but metadata and status differs: what the generation counts. */
  private static boolean sameIntent(ObjectNode left, ObjectNode right) {
    return covers(left, right) && covers(right, left);
  }

  private static boolean covers(ObjectNode left, ObjectNode right) {
    return left.properties().stream()
        .filter(f -> !f.getKey().equals("metadata") && !f.getKey().equals("status"))
        .allMatch(f -> f.getValue().equals(right.get(f.getKey())));
  }

  private static void requireSize(ObjectNode object) {
    if (object.toString().length() > MAX_OBJECT_BYTES) {
      throw Refusal.ofCode(413, "etcdserver: request is too large");
    }
  }

  private String suffix() {
    var text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(NAME_ALPHABET.charAt(random.nextInt(NAME_ALPHABET.length())));
    }
    return text.toString();
  }

  private String uuid() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }
}
