package dev.penstock.streams.query;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.plan.ingress.MemberReading;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why an Ingress is no member of any stack, by asking the rule that decided so. */
final class NotOurs {
  private NotOurs() {}

  static Optional<String> reason(Tables tables, Scope scope, ObjectKey ingress) {
    return tables
        .get(Table.CLUSTERS, scope + "|" + ingress.cluster())
        .map(ClusterRow::registration)
        .map(registration -> IngressMembers.read(new View(tables, scope, registration), ingress))
        .flatMap(NotOurs::words);
  }

  private static Optional<String> words(MemberReading reading) {
    return switch (reading) {
      case MemberReading.NotOurs notOurs -> Optional.of(notOurs.reason());
      case MemberReading.Refused refused ->
          Optional.of(
              refused.problems().stream().map(p -> p.message()).collect(Collectors.joining("; ")));
      case MemberReading.Member _ -> Optional.empty();
    };
  }

  /** The cluster as the tables show it. */
  private record View(Tables tables, Scope scope, ClusterRegistration registration)
      implements ClusterView {

    @Override
    public ScopeSettings settings() {
      return tables
          .get(Table.SETTINGS, scope + "|")
          .map(SettingsRow::settings)
          .orElseGet(ScopeSettings::defaults);
    }

    @Override
    public Optional<KubernetesObject> find(ObjectKey key) {
      return tables.get(Table.OBJECTS, scope + "|" + key).map(ObjectRow::object);
    }

    @Override
    public List<KubernetesObject> list(ObjectKind kind) {
      return tables
          .scan(Table.OBJECTS, scope + "|" + registration.cluster() + "|" + kind.text() + "|")
          .stream()
          .map(e -> e.row().object())
          .toList();
    }

    @Override
    public boolean isListed(ObjectKind kind) {
      return tables
          .get(Table.CLUSTERS, scope + "|" + registration.cluster())
          .filter(row -> !row.unlistedKinds().contains(kind.text()))
          .isPresent();
    }

    @Override
    public List<KubernetesObject> slices(String namespace, String service) {
      return list(ObjectKind.ENDPOINT_SLICE).stream()
          .filter(o -> o.metadata().namespace().equals(namespace))
          .filter(o -> o instanceof EndpointSlice s && s.serviceName().equals(service))
          .toList();
    }
  }
}
