package dev.penstock.streams.decide;

import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One cluster out of the tables; keeps a list of what was looked up. */
final class ClusterSight implements ClusterView {
  private final Turn turn;
  private final String cluster;
  private final ClusterRegistration registration;
  private final List<String> unlisted;
  private final Set<String> looked = new TreeSet<>();

  ClusterSight(Turn turn, ClusterRow row) {
    this.turn = turn;
    this.registration = row.registration();
    this.cluster = registration.cluster();
    this.unlisted = row.unlistedKinds();
  }

  /** What was looked up so far. */
  Set<String> looked() {
    return looked;
  }

  @Override
  public ClusterRegistration registration() {
    return registration;
  }

  @Override
  public ScopeSettings settings() {
    return turn.settings();
  }

  @Override
  public Optional<KubernetesObject> find(ObjectKey key) {
    looked.add(Lookups.object(key));
    return turn.get(Table.OBJECTS, key.toString()).map(ObjectRow::object);
  }

  @Override
  public boolean isListed(ObjectKind kind) {
    return !unlisted.contains(kind.text());
  }

  @Override
  public List<KubernetesObject> list(ObjectKind kind) {
    looked.add(Lookups.list(cluster, kind));
    return turn.scan(Table.OBJECTS, cluster + "|" + kind.text() + "|").stream()
        .map(e -> e.row().object())
        .toList();
  }

  @Override
  public List<KubernetesObject> slices(String namespace, String service) {
    var name = Lookups.slices(cluster, namespace, service);
    looked.add(name);
    return Lookups.indexed(turn, name).stream()
        .flatMap(key -> turn.get(Table.OBJECTS, key.toString()).stream())
        .map(ObjectRow::object)
        .filter(o -> !(o instanceof EndpointSlice s) || s.serviceName().equals(service))
        .toList();
  }

  /** Not noted as looked up: any pod that changes would concern who asks. */
  @Override
  public List<KubernetesObject> pods(String namespace) {
    var prefix = cluster + "|" + ObjectKind.POD.text() + "|" + namespace + "/";
    return turn.scan(Table.OBJECTS, prefix).stream().map(e -> e.row().object()).toList();
  }
}
