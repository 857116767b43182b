package dev.penstock.sandbox.kubernetes.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lists of the built-in kinds merge: which fields identify an element. Source: the {@code
 * x-kubernetes-list-*} and {@code x-kubernetes-patch-*} marks of the Kubernetes API. A list that is
 * not named here is atomic.
 */
final class ListKeys {
  /** How one list merges. No keys: a set of scalars. */
  record Merge(List<String> applyKeys, String patchKey) {
    boolean set() {
      return applyKeys.isEmpty();
    }
  }

  private static final Merge BY_NAME = by("name");
  private static final Merge BY_TYPE = by("type");
  private static final Merge SET = new Merge(List.of(), "");

  private static final Map<String, Merge> ANYWHERE =
      Map.of("metadata.finalizers", SET, "metadata.ownerReferences", by("uid"));

  private static final Map<String, Merge> POD =
      Map.ofEntries(
          Map.entry("volumes", BY_NAME),
          Map.entry("containers", BY_NAME),
          Map.entry("initContainers", BY_NAME),
          Map.entry("ephemeralContainers", BY_NAME),
          Map.entry("imagePullSecrets", BY_NAME),
          Map.entry("hostAliases", by("ip")),
          Map.entry("containers.env", BY_NAME),
          Map.entry("initContainers.env", BY_NAME),
          Map.entry("containers.volumeMounts", by("mountPath")),
          Map.entry("initContainers.volumeMounts", by("mountPath")),
          Map.entry(
              "containers.ports", new Merge(List.of("containerPort", "protocol"), "containerPort")),
          Map.entry(
              "topologySpreadConstraints",
              new Merge(List.of("topologyKey", "whenUnsatisfiable"), "topologyKey")));

  private static final Map<String, Map<String, Merge>> BY_KIND =
      Map.of(
          "Service",
          Map.of(
              "spec.ports",
              new Merge(List.of("port", "protocol"), "port"),
              "status.conditions",
              BY_TYPE),
          "Pod",
          Map.of("status.conditions", BY_TYPE, "status.podIPs", by("ip")),
          "Deployment",
          Map.of("status.conditions", BY_TYPE),
          "ReplicaSet",
          Map.of("status.conditions", BY_TYPE),
          "Node",
          Map.of("status.conditions", BY_TYPE, "status.addresses", BY_TYPE, "spec.podCIDRs", SET),
          "Namespace",
          Map.of("status.conditions", BY_TYPE),
          "ServiceAccount",
          Map.of("secrets", BY_NAME, "imagePullSecrets", BY_NAME),
          "CustomResourceDefinition",
          Map.of("status.conditions", BY_TYPE));

  private static final List<String> ATOMIC_MAPS =
      List.of("Service:spec.selector", "Deployment:spec.selector", "ReplicaSet:spec.selector");

  private final String kind;

  ListKeys(String kind) {
    this.kind = kind;
  }

  /**
   * How the list at a dotted path of field names (elements are not steps) merges; null if it is
   * atomic.
   */
  @Nullable Merge at(String path) {
    var anywhere = ANYWHERE.get(path);
    if (anywhere != null) {
      return anywhere;
    }
    var own = BY_KIND.getOrDefault(kind, Map.of()).get(path);
    return own != null ? own : podList(path);
  }

  boolean atomicMap(String path) {
    return ATOMIC_MAPS.contains(kind + ":" + path);
  }

  private @Nullable Merge podList(String path) {
    return switch (kind) {
      case "Pod" -> path.startsWith("spec.") ? POD.get(path.substring(5)) : null;
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" ->
          path.startsWith("spec.template.spec.") ? POD.get(path.substring(19)) : null;
      default -> null;
    };
  }

  static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private static Merge by(String key) {
    return new Merge(List.of(key), key);
  }
}
