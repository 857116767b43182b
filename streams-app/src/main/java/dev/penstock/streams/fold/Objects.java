package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ClusterFact.ObjectRemoved;
import dev.penstock.schemas.event.ClusterFact.ObjectUpserted;
import dev.penstock.schemas.event.ClusterFact.Unrepresentable;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.table.BindingRow.Departure;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects as their cluster's speaking watcher publishes them. What did not change by fingerprint
 * touches nobody.
 */
final class Objects {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final String BINDING_FINALIZER = "elbv2.k8s.aws/resources";

  private Objects() {}

  static void upserted(Turn turn, ObjectUpserted fact) {
    if (Tenures.heard(turn, fact.cluster(), fact.tenure()).isPresent()) {
      put(turn, fact.object().key(fact.cluster()), fact.object(), fact.tenure());
    }
  }

  static void unrepresentable(Turn turn, Unrepresentable fact) {
    if (Tenures.heard(turn, fact.cluster(), fact.tenure()).isEmpty()) {
      return;
    }
    var key = fact.object();
    var metadata =
        turn.get(Table.OBJECTS, key.toString())
            .map(row -> row.object().metadata())
            .orElseGet(() -> unknown(key));
    var reason = "the object has " + fact.bytes() + " bytes and is too large to be read";
    put(turn, key, new Malformed(metadata, key.kind(), reason), fact.tenure());
  }

  private static Metadata unknown(ObjectKey key) {
    return new Metadata(
        key.namespace(),
        key.name(),
        "",
        "",
        0,
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Keeps the object; marks readers only if more than the resource version changed. */
  static void put(Turn turn, ObjectKey key, KubernetesObject object, String tenure) {
    var fingerprint = Projections.fingerprint(object);
    var before = turn.get(Table.OBJECTS, key.toString());
    var unchanged = before.filter(row -> row.fingerprint().equals(fingerprint)).isPresent();
    var seq = unchanged ? before.get().seq() : turn.seq();
    var row = new ObjectRow(object, tenure, fingerprint, seq);
    if (before.filter(old -> old.tenure().equals(tenure)).isEmpty()) {
      before.ifPresent(old -> Snapshots.counted(turn, key, old, -1));
      Snapshots.counted(turn, key, row, 1);
    }
    if (before.isEmpty() || !before.get().equals(row)) {
      turn.put(Table.OBJECTS, key.toString(), row);
    }
    if (!unchanged) {
      if (!(object instanceof Malformed)) {
        before.ifPresent(old -> index(turn, key, old.object(), false));
      }
      index(turn, key, object, true);
      Touches.object(turn, key, key.kind().text() + " " + key.path() + " changed");
    }
  }

  static void removed(Turn turn, ObjectRemoved fact) {
    if (Tenures.heard(turn, fact.cluster(), fact.tenure()).isPresent()) {
      Snapshots.shown(turn, fact.object());
      turn.get(Table.OBJECTS, fact.object().toString())
          .ifPresent(row -> remove(turn, fact.object(), row, fact.deletionSeen()));
    }
  }

  /** Forgets an object; a member that had our finalizer and was not seen to be deleted vanished. */
  static void remove(Turn turn, ObjectKey key, ObjectRow row, boolean deletionSeen) {
    turn.delete(Table.OBJECTS, key.toString());
    Snapshots.counted(turn, key, row, -1);
    index(turn, key, row.object(), false);
    var metadata = row.object().metadata();
    var requested = deletionSeen || metadata.deleted().isPresent();
    if (key.kind() == ObjectKind.TARGET_GROUP_BINDING
        && (requested || !metadata.finalizers().contains(BINDING_FINALIZER))) {
      askedFor(turn, key);
    }
    Touches.removed(turn, key, row.object(), requested);
  }

  /** A binding that a person made, and that a person deleted. */
  private static void askedFor(Turn turn, ObjectKey key) {
    var stack = new StackId(key.cluster(), StackKind.BINDING, key.path());
    var group = new ResourceKey(stack, ResourceKind.TARGET_GROUP, stack.id()).toString();
    turn.get(Table.BINDINGS, group)
        .filter(row -> row.departure() == Departure.NONE)
        .ifPresent(row -> turn.put(Table.BINDINGS, group, row.withDeparture(Departure.REQUESTED)));
  }

  private static void index(Turn turn, ObjectKey key, KubernetesObject object, boolean present) {
    service(key, object)
        .ifPresent(service -> {
          var name = Lookups.slices(key.cluster(), key.namespace(), service);
          Lookups.index(turn, name, key, present);
          Lookups.touched(turn, name, "EndpointSlice " + key.path() + " changed");
        });
  }

  /**
   * Whose slice it is. One that cannot be read counts as a slice of the Service that it had before,
   * that its label names, or after which Kubernetes named it: unknown is not absent (I2).
   */
  private static Optional<String> service(ObjectKey key, KubernetesObject object) {
    if (object instanceof EndpointSlice slice) {
      return Optional.of(slice.serviceName());
    }
    if (key.kind() != ObjectKind.ENDPOINT_SLICE) {
      return Optional.empty();
    }
    var generated = key.name().lastIndexOf('-');
    return Optional.ofNullable(object.metadata().labels().get(SERVICE_LABEL))
        .or(() ->
            generated < 0 ? Optional.empty() : Optional.of(key.name().substring(0, generated)));
  }
}
