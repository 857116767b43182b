package dev.penstock.plan;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.List;
import java.util.Optional;

/**
 * One cluster as the log shows it. Implementations note what is looked up, so that a later change
 * of it makes the reader dirty: only look up what the decision depends on.
 */
public interface ClusterView {
  ClusterRegistration registration();

  /** The settings of the cluster's home scope. */
  ScopeSettings settings();

  /**
   * The object, a {@link dev.penstock.schemas.kubernetes.Malformed} one included; empty when it is
   * not there.
   */
  Optional<KubernetesObject> find(ObjectKey key);

  /** Whether the kind could be listed: otherwise an object that is not there is unknown (I2). */
  boolean isListed(ObjectKind kind);

  /**
   * All objects of a kind in the order of their keys. For kinds with few objects (IngressClass) or
   * by index.
   */
  List<KubernetesObject> list(ObjectKind kind);

  /** EndpointSlices of a Service in the order of their names. */
  List<KubernetesObject> slices(String namespace, String service);

  /** Pods of a namespace in the order of their names. */
  default List<KubernetesObject> pods(String namespace) {
    return list(ObjectKind.POD).stream()
        .filter(pod -> pod.metadata().namespace().equals(namespace))
        .toList();
  }
}
