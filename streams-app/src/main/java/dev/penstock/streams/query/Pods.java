package dev.penstock.streams.query;

import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The pods of a scope's clusters, also those that no target group has. */
record Pods(Tables tables, Scope scope) {
  /** Those that the binding's Service means, ready or not: by its selector and its slices. */
  SortedSet<ObjectKey> of(TargetBinding binding) {
    var found = new TreeSet<ObjectKey>();
    if (!binding.targetType().equals("ip")) {
      return found;
    }
    objects(binding, ObjectKind.ENDPOINT_SLICE, EndpointSlice.class)
        .filter(slice -> slice.serviceName().equals(binding.serviceName()))
        .flatMap(slice -> slice.endpoints().stream())
        .flatMap(endpoint -> endpoint.pod().stream())
        .forEach(pod -> found.add(key(binding, ObjectKind.POD, pod.name())));
    object(key(binding, ObjectKind.SERVICE, binding.serviceName()), Service.class)
        .map(Service::selector)
        .filter(selector -> !selector.isEmpty())
        .ifPresent(selector ->
            objects(binding, ObjectKind.POD, Pod.class)
                .filter(pod -> pod.metadata().labels().entrySet().containsAll(selector.entrySet()))
                .forEach(pod -> found.add(pod.key(binding.cluster()))));
    return found;
  }

  Optional<Pod> pod(ObjectKey key) {
    return object(key, Pod.class);
  }

  /** Why a pod is not ready, in the words of its conditions. */
  static String notReady(Pod pod) {
    return pod.conditions().stream()
        .filter(c -> c.type().equals("Ready") && !c.status().equals("True"))
        .map(c -> (c.reason() + " " + c.message()).strip())
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("its phase is " + pod.phase());
  }

  /** Why a pod of a Service is no target of its group. */
  static String whyNoTarget(Pod pod) {
    return pod.conditions().stream()
            .anyMatch(c -> c.type().equals("Ready") && c.status().equals("True"))
        ? "the pod is ready; no EndpointSlice shows it as an endpoint yet"
        : "the pod is not ready: " + notReady(pod);
  }

  private static ObjectKey key(TargetBinding binding, ObjectKind kind, String name) {
    return new ObjectKey(binding.cluster(), kind, binding.namespace(), name);
  }

  private <T extends KubernetesObject> Optional<T> object(ObjectKey key, Class<T> type) {
    return tables
        .get(Table.OBJECTS, scope + "|" + key)
        .map(row -> row.object())
        .filter(type::isInstance)
        .map(type::cast);
  }

  private <T extends KubernetesObject> Stream<T> objects(
      TargetBinding binding, ObjectKind kind, Class<T> type) {
    var prefix = scope + "|" + key(binding, kind, "");
    return tables.scan(Table.OBJECTS, prefix).stream()
        .map(entry -> entry.row().object())
        .filter(type::isInstance)
        .map(type::cast);
  }
}
