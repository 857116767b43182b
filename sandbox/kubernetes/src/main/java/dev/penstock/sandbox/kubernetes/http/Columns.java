package dev.penstock.sandbox.kubernetes.http;

import static dev.penstock.sandbox.kubernetes.http.Cells.at;
import static dev.penstock.sandbox.kubernetes.http.Cells.count;
import static dev.penstock.sandbox.kubernetes.http.Cells.number;
import static dev.penstock.sandbox.kubernetes.http.Cells.selector;
import static dev.penstock.sandbox.kubernetes.http.Column.number;
import static dev.penstock.sandbox.kubernetes.http.Column.text;
import static dev.penstock.sandbox.kubernetes.http.Column.wide;

import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;

/** The columns that kubectl's users know, by resource. */
final class Columns {
  static final Column NAME = new Column("Name", "string", 0, (o, _) -> Tree.name(o));
  static final Column AGE =
      new Column(
          "Age",
          "string",
          0,
          (o, now) -> Ages.since(Tree.text(o, "metadata", "creationTimestamp"), now));

  private Columns() {}

  static List<Column> of(String resource) {
    return switch (resource) {
      case "pods" -> pods();
      case "services" -> services();
      case "nodes" -> nodes();
      case "events" -> events();
      case "namespaces" -> List.of(NAME, text("Status", at("status", "phase")), AGE);
      case "deployments.apps" -> deployments();
      case "replicasets.apps" -> replicaSets();
      case "statefulsets.apps" -> List.of(NAME, text("Ready", Cells::readyReplicas), AGE);
      case "ingresses.networking.k8s.io" -> ingresses();
      case "ingressclasses.networking.k8s.io" ->
          List.of(
              NAME,
              text("Controller", at("spec", "controller")),
              text("Parameters", Cells::classParameters),
              AGE);
      case "endpointslices.discovery.k8s.io" ->
          List.of(
              NAME,
              text("AddressType", at("addressType")),
              text("Ports", Cells::slicePorts),
              text("Endpoints", Cells::sliceEndpoints),
              AGE);
      case "endpoints" -> List.of(NAME, text("Endpoints", Cells::endpoints), AGE);
      case "configmaps" -> List.of(NAME, number("Data", count("data")), AGE);
      case "secrets" -> List.of(NAME, text("Type", at("type")), number("Data", count("data")), AGE);
      case "serviceaccounts" -> List.of(NAME, number("Secrets", count("secrets")), AGE);
      case "leases.coordination.k8s.io" ->
          List.of(NAME, text("Holder", at("spec", "holderIdentity")), AGE);
      case "customresourcedefinitions.apiextensions.k8s.io" ->
          List.of(NAME, text("Created At", at("metadata", "creationTimestamp")));
      default -> List.of(NAME, AGE);
    };
  }

  private static List<Column> pods() {
    return List.of(
        NAME,
        text("Ready", Cells::readyContainers),
        text("Status", Cells::podStatus),
        text("Restarts", Cells::restarts),
        AGE,
        wide("IP", at("status", "podIP")),
        wide("Node", at("spec", "nodeName")),
        wide("Nominated Node", at("status", "nominatedNodeName")),
        wide("Readiness Gates", Cells::readinessGates));
  }

  private static List<Column> services() {
    return List.of(
        NAME,
        text("Type", at("spec", "type")),
        text("Cluster-IP", at("spec", "clusterIP")),
        text("External-IP", Cells::externalIp),
        text("Port(s)", Cells::servicePorts),
        AGE,
        wide("Selector", selector("spec", "selector")));
  }

  private static List<Column> ingresses() {
    return List.of(
        NAME,
        text("Class", Cells::ingressClass),
        text("Hosts", Cells::hosts),
        text("Address", Cells::ingressAddress),
        text("Ports", o -> Tree.has(o, "spec", "tls") ? "80, 443" : "80"),
        AGE);
  }

  private static List<Column> deployments() {
    return List.of(
        NAME,
        text("Ready", Cells::readyReplicas),
        number("Up-to-date", number("status", "updatedReplicas")),
        number("Available", number("status", "availableReplicas")),
        AGE,
        wide("Containers", Cells::containers),
        wide("Images", Cells::images),
        wide("Selector", selector("spec", "selector", "matchLabels")));
  }

  private static List<Column> replicaSets() {
    return List.of(
        NAME,
        number("Desired", number("spec", "replicas")),
        number("Current", number("status", "replicas")),
        number("Ready", number("status", "readyReplicas")),
        AGE,
        wide("Containers", Cells::containers),
        wide("Images", Cells::images),
        wide("Selector", selector("spec", "selector", "matchLabels")));
  }

  private static List<Column> nodes() {
    return List.of(
        NAME,
        text("Status", Cells::nodeStatus),
        text("Roles", _ -> "<none>"),
        AGE,
        text("Version", at("status", "nodeInfo", "kubeletVersion")),
        wide("Internal-IP", Cells::internalIp),
        wide("External-IP", _ -> "<none>"),
        wide("OS-Image", at("status", "nodeInfo", "osImage")),
        wide("Kernel-Version", at("status", "nodeInfo", "kernelVersion")),
        wide("Container-Runtime", at("status", "nodeInfo", "containerRuntimeVersion")));
  }

  private static List<Column> events() {
    return List.of(
        new Column("Last Seen", "string", 0, (o, now) -> Ages.since(Cells.lastSeen(o), now)),
        text("Type", at("type")),
        text("Reason", at("reason")),
        text("Object", Cells::involved),
        wide("Subobject", at("involvedObject", "fieldPath")),
        wide("Source", at("source", "component")),
        text("Message", at("message")),
        new Column(
            "First Seen", "string", 1, (o, now) -> Ages.since(Tree.text(o, "firstTimestamp"), now)),
        wide("Count", at("count")),
        wide("Name", at("metadata", "name")));
  }
}
