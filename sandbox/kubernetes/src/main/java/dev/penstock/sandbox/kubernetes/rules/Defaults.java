package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * The values that the API server fills in, for the kinds for which somebody looks at them. Source:
 * Kubernetes API reference, defaults of each field.
 */
final class Defaults {
  private static final String DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";
  private static final String LEGACY_CLASS = "kubernetes.io/ingress.class";

  private final ObjectStore store;
  private final ServiceAddresses addresses;

  Defaults(ObjectStore store) {
    this.store = store;
    this.addresses = new ServiceAddresses(store);
  }

  void onCreate(Kind kind, ObjectNode object) {
    switch (kind.kind()) {
      case "Namespace" -> namespace(object);
      case "Ingress" -> defaultClass(object);
      case "CustomResourceDefinition" -> established(object);
      case "Pod" ->
          Tree.child(object, "status").put("phase", "Pending").put("qosClass", qos(object));
      default -> {}
    }
    always(kind, object);
    if (kind.equals(Kinds.SERVICE)) {
      addresses.allocate(object);
      Tree.child(object, "status", "loadBalancer");
    }
  }

  void onUpdate(Kind kind, ObjectNode object, ObjectNode live) {
    if (kind.equals(Kinds.SERVICE)) {
      addresses.keep(object, live);
    }
    always(kind, object);
    if (kind.equals(Kinds.SERVICE)) {
      addresses.allocate(object);
    }
  }

  private static void always(Kind kind, ObjectNode object) {
    switch (kind.resource()) {
      case "services" -> service(Tree.child(object, "spec"));
      case "deployments.apps" -> deployment(Tree.child(object, "spec"));
      case "replicasets.apps" -> replicaSet(Tree.child(object, "spec"));
      case "statefulsets.apps", "daemonsets.apps" ->
          PodDefaults.fill(Tree.child(object, "spec", "template", "spec"));
      case "pods" -> PodDefaults.fillPod(Tree.child(object, "spec"));
      case "endpointslices.discovery.k8s.io" -> slice(object);
      case "secrets" -> secret(object);
      default -> {}
    }
  }

  private static void namespace(ObjectNode object) {
    var finalizers = Tree.list(Tree.child(object, "spec"), "finalizers");
    if (finalizers.isEmpty()) {
      finalizers.add("kubernetes");
    }
    Tree.child(object, "status").put("phase", "Active");
    Tree.child(object, "metadata", "labels").put("kubernetes.io/metadata.name", Tree.name(object));
  }

  private static void established(ObjectNode definition) {
    var since = Tree.text(definition, "metadata", "creationTimestamp");
    var status = Tree.child(definition, "status");
    var conditions = status.putArray("conditions");
    for (var type : List.of("NamesAccepted", "Established")) {
      conditions
          .addObject()
          .put("type", type)
          .put("status", "True")
          .put("reason", type.equals("Established") ? "InitialNamesAccepted" : "NoConflicts")
          .put("lastTransitionTime", since);
    }
    status.set("acceptedNames", Tree.at(definition, "spec", "names").deepCopy());
    var stored = status.putArray("storedVersions");
    Tree.items(definition, "spec", "versions").stream()
        .filter(v -> v.path("storage").asBoolean())
        .forEach(v -> stored.add(Tree.text(v, "name")));
  }

  /**
   * Kubernetes documentation, Ingress: the newest class that is marked as the default is filled in,
   * unless the legacy annotation is set.
   */
  private void defaultClass(ObjectNode ingress) {
    var spec = Tree.child(ingress, "spec");
    if (spec.has("ingressClassName") || !Tree.annotation(ingress, LEGACY_CLASS).isEmpty()) {
      return;
    }
    store.list(Kinds.INGRESS_CLASS.resource(), "").stream()
        .filter(c -> Tree.annotation(c, DEFAULT_CLASS).equals("true"))
        .max(Comparator.comparing(c -> Tree.text(c, "metadata", "creationTimestamp")))
        .ifPresent(c -> spec.put("ingressClassName", Tree.name(c)));
  }

  private static void service(ObjectNode spec) {
    Tree.putIfAbsent(spec, "type", "ClusterIP");
    Tree.putIfAbsent(spec, "sessionAffinity", "None");
    var type = Tree.text(spec, "type");
    for (var port : Tree.items(spec, "ports")) {
      var entry = (ObjectNode) port;
      Tree.putIfAbsent(entry, "protocol", "TCP");
      if (!entry.has("targetPort")) {
        entry.set("targetPort", entry.path("port"));
      }
    }
    if (type.equals("ExternalName")) {
      return;
    }
    Tree.putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
    Tree.putIfAbsent(spec, "ipFamilyPolicy", "SingleStack");
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    if (!type.equals("ClusterIP")) {
      Tree.putIfAbsent(spec, "externalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer") && !spec.has("allocateLoadBalancerNodePorts")) {
      spec.put("allocateLoadBalancerNodePorts", true);
    }
  }

  private static void deployment(ObjectNode spec) {
    Tree.putIfAbsent(spec, "replicas", 1);
    Tree.putIfAbsent(spec, "revisionHistoryLimit", 10);
    Tree.putIfAbsent(spec, "progressDeadlineSeconds", 600);
    var strategy = Tree.child(spec, "strategy");
    Tree.putIfAbsent(strategy, "type", "RollingUpdate");
    if (Tree.text(strategy, "type").equals("RollingUpdate")) {
      var rolling = Tree.child(strategy, "rollingUpdate");
      Tree.putIfAbsent(rolling, "maxUnavailable", "25%");
      Tree.putIfAbsent(rolling, "maxSurge", "25%");
    }
    PodDefaults.fill(Tree.child(spec, "template", "spec"));
  }

  private static void replicaSet(ObjectNode spec) {
    Tree.putIfAbsent(spec, "replicas", 1);
    PodDefaults.fill(Tree.child(spec, "template", "spec"));
  }

  private static void slice(ObjectNode slice) {
    for (var port : Tree.items(slice, "ports")) {
      Tree.putIfAbsent((ObjectNode) port, "protocol", "TCP");
      Tree.putIfAbsent((ObjectNode) port, "name", "");
    }
  }

  private static void secret(ObjectNode secret) {
    Tree.putIfAbsent(secret, "type", "Opaque");
    for (var entry : Tree.texts(secret, "stringData").entrySet()) {
      var bytes = entry.getValue().getBytes(StandardCharsets.UTF_8);
      Tree.child(secret, "data").put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
    secret.remove("stringData");
  }

  private static String qos(ObjectNode pod) {
    boolean resources =
        Tree.items(pod, "spec", "containers").stream()
            .anyMatch(c -> !Tree.at(c, "resources").isEmpty());
    return resources ? "Burstable" : "BestEffort";
  }
}
