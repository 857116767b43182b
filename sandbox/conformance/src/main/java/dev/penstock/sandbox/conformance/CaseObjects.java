package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.translate.ObjectTranslator;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ControllerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Kubernetes objects of a case as the watchers would publish them. */
final class CaseObjects {
  private CaseObjects() {}

  /** Nothing for kinds that no watcher reads. */
  static List<KubernetesObject> read(ControllerSettings controller, JsonNode object) {
    var word = Nodes.text(object, "kind");
    if (word.equals("Endpoints")) {
      return mirrored(object).stream().flatMap(slice -> read(controller, slice).stream()).toList();
    }
    return Arrays.stream(ObjectKind.values())
        .filter(kind -> kind.text().equals(word))
        .flatMap(kind -> new ObjectTranslator(controller).translate(kind, object).stream())
        .toList();
  }

  /** The slices that a cluster makes of an Endpoints object: one for each of its subsets. */
  private static List<ObjectNode> mirrored(JsonNode endpoints) {
    var slices = new ArrayList<ObjectNode>();
    var name = Nodes.text(endpoints.path("metadata"), "name");
    for (var subset : endpoints.path("subsets")) {
      var slice = Nodes.MAKE.objectNode().put("kind", ObjectKind.ENDPOINT_SLICE.text());
      var metadata = slice.putObject("metadata");
      metadata.put("namespace", Nodes.text(endpoints.path("metadata"), "namespace"));
      metadata.put("name", name + "-" + slices.size());
      metadata.putObject("labels").put("kubernetes.io/service-name", name);
      slice.put("addressType", "IPv4").set("ports", subset.path("ports"));
      var list = slice.putArray("endpoints");
      subset.path("addresses").forEach(address -> add(list, address, true));
      subset.path("notReadyAddresses").forEach(address -> add(list, address, false));
      slices.add(slice);
    }
    return slices;
  }

  private static void add(ArrayNode list, JsonNode address, boolean ready) {
    var endpoint = list.addObject();
    endpoint.putArray("addresses").add(Nodes.text(address, "ip"));
    endpoint.putObject("conditions").put("ready", ready);
    if (address.has("targetRef")) {
      endpoint.set("targetRef", address.get("targetRef"));
    }
    Nodes.optional(address, "nodeName").ifPresent(node -> endpoint.put("nodeName", node));
  }
}
