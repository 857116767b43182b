package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The cluster of a case. */
final class CaseCluster implements ClusterView {
  private static final Pattern INSTANCE = Pattern.compile("aws:///[^/]+/i-[^/]+");

  private final ClusterRegistration registration;
  private final TreeMap<ObjectKey, KubernetesObject> objects = new TreeMap<>();

  CaseCluster(ClusterRegistration registration, JsonNode objects) {
    this.registration = registration;
    Nodes.stream(objects)
        .flatMap(o -> CaseObjects.read(registration.controller(), o).stream())
        .forEach(o -> this.objects.put(o.key(registration.cluster()), o));
  }

  private CaseCluster(CaseCluster all, Predicate<KubernetesObject> stays) {
    this.registration = all.registration;
    all.objects.forEach((key, object) -> {
      if (stays.test(object)) {
        objects.put(key, object);
      }
    });
  }

  /** The same without nodes that no EC2 instance stands behind. */
  CaseCluster withoutForeignNodes() {
    return new CaseCluster(
        this,
        object -> !(object instanceof Node node) || INSTANCE.matcher(node.providerId()).matches());
  }

  @Override
  public ClusterRegistration registration() {
    return registration;
  }

  @Override
  public ScopeSettings settings() {
    return ScopeSettings.defaults();
  }

  @Override
  public Optional<KubernetesObject> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public List<KubernetesObject> list(ObjectKind kind) {
    return objects.values().stream().filter(o -> o.kind() == kind).toList();
  }

  @Override
  public List<KubernetesObject> slices(String namespace, String service) {
    return list(ObjectKind.ENDPOINT_SLICE).stream()
        .filter(o -> o.metadata().namespace().equals(namespace))
        .filter(o -> o instanceof EndpointSlice slice && slice.serviceName().equals(service))
        .toList();
  }

  @Override
  public boolean isListed(ObjectKind kind) {
    return true;
  }

  /** Keys of the Ingresses in namespace/name order. */
  List<ObjectKey> ingresses() {
    return objects.keySet().stream().filter(k -> k.kind() == ObjectKind.INGRESS).toList();
  }
}
