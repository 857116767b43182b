package dev.penstock.plan;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.List;
import java.util.Optional;

/** A cluster that was listed and has no objects. */
public record EmptyCluster(ClusterRegistration registration, ScopeSettings settings)
    implements ClusterView {
  @Override
  public Optional<KubernetesObject> find(ObjectKey key) {
    return Optional.empty();
  }

  @Override
  public List<KubernetesObject> list(ObjectKind kind) {
    return List.of();
  }

  @Override
  public List<KubernetesObject> slices(String namespace, String service) {
    return List.of();
  }

  @Override
  public boolean isListed(ObjectKind kind) {
    return true;
  }
}
