package dev.penstock.plan.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.Cases;
import dev.penstock.plan.Specs;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of plan/endpoints.yaml is one test. */
final class EndpointsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Network NETWORK =
      new Network(
          "vpc-1", List.of("10.0.0.0/16"), List.of(), List.of(), List.of(), List.of(), List.of());

  @TestFactory
  Stream<DynamicTest> decisionTable() {
    return Cases.of("/plan/endpoints.yaml", EndpointsTest::check);
  }

  static ClusterRegistration registration(boolean failOpen) {
    var d = ControllerSettings.defaults();
    return new ClusterRegistration(
        "demo",
        new Scope("1", "r"),
        "demo",
        "vpc-1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        d.withFeatureGates(Map.of("EndpointsFailOpen", failOpen)));
  }

  private static void check(JsonNode row) {
    var type = row.path("type").asText("ip");
    var binding =
        new TargetBinding(
            Specs.key(ResourceKind.TARGET_GROUP, "web"),
            "demo",
            "apps",
            "web-tg",
            "web",
            new PortReference.Named("http"),
            type,
            "ipv4",
            "vpc-1",
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            row.path("protocol").asText("HTTP"));
    var cluster =
        new Manifest(
            registration(row.path("failOpen").asBoolean(true)),
            objects(row, type),
            Cases.texts(row.path("unlisted")).stream()
                .map(ObjectKind::valueOf)
                .collect(Collectors.toSet()));
    switch (Targets.of(binding, cluster, Optional.of(NETWORK))) {
      case TargetsIntent.Unresolved(var reason) ->
          assertTrue(row.has("unresolved") && reason.contains(row.get("unresolved").asText()));
      case TargetsIntent.Resolved resolved -> check(row, resolved);
    }
  }

  private static void check(JsonNode row, TargetsIntent.Resolved intent) {
    var told = new TreeMap<String, String>();
    intent
        .endpoints()
        .forEach(s -> told.put(s.target().toString(), s.endpoint().standing().name()));
    var want = new TreeMap<String, String>();
    row.get("want").properties().forEach(e -> want.put(e.getKey(), e.getValue().asText()));
    assertEquals(want, told);
    var problem = intent.problem().map(Problem::message).orElse("");
    assertTrue(problem.contains(row.path("problem").asText("")), problem);
    assertEquals(row.has("problem"), intent.problem().isPresent());
    intent
        .endpoints()
        .forEach(s -> assertEquals(row.path("zone").asText(""), s.target().zone().orElse("")));
  }

  private static ArrayNode objects(JsonNode row, String type) {
    var objects = JSON.arrayNode();
    if (!row.has("service")) {
      var spec = object(objects, "Service", "apps", "web").putObject("spec");
      spec.put("type", type.equals("ip") ? "ClusterIP" : "NodePort");
      spec.putArray("ports").addObject().put("name", "http").put("port", 80).put("nodePort", 30080);
    }
    int number = 0;
    for (var slice : row.path("slices")) {
      var node = object(objects, "EndpointSlice", "apps", "web-" + number++);
      ((ObjectNode) node.get("metadata"))
          .putObject("labels")
          .put("kubernetes.io/service-name", "web");
      node.putArray("ports").addObject().put("name", "http").put("port", 8080);
      var endpoints = node.putArray("endpoints");
      slice.forEach(text -> endpoint(endpoints.addObject(), text.asText().split(" ")));
    }
    row.path("pods").forEach(text -> pod(objects, text.asText().split(" ")));
    row.path("nodes").forEach(text -> node(objects, text.asText().split(" ")));
    return objects;
  }

  private static void endpoint(ObjectNode endpoint, String[] words) {
    endpoint.putArray("addresses").add(words[0]);
    if (!words[1].equals("-")) {
      var pod = words[1].split("/");
      var reference = endpoint.putObject("targetRef").put("kind", "Pod").put("name", pod[0]);
      if (pod.length > 1) {
        reference.put("namespace", pod[0]).put("name", pod[1]);
      }
    }
    var conditions = endpoint.putObject("conditions");
    var names = List.of("ready", "serving", "terminating");
    for (int i = 0; i < 3; i++) {
      if (!words[2 + i].equals("-")) {
        conditions.put(names.get(i), words[2 + i].equals("true"));
      }
    }
  }

  private static void pod(ArrayNode objects, String[] words) {
    var name = words[0].split("/");
    var pod = object(objects, "Pod", name.length > 1 ? name[0] : "apps", name[name.length - 1]);
    var spec = pod.putObject("spec").put("nodeName", words[2]);
    pod.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "ContainersReady")
        .put("status", words[1]);
    if (words.length > 3 && words[3].startsWith("0x")) {
      var container = spec.putArray("containers").addObject();
      container
          .putArray("ports")
          .addObject()
          .put("containerPort", 8080)
          .put("quicServerId", words[3]);
    } else if (words.length > 3) {
      ((ObjectNode) pod.get("metadata")).put("deletionTimestamp", "now");
    }
  }

  private static void node(ArrayNode objects, String[] words) {
    var node = object(objects, "Node", "", words[0]);
    var spec = node.putObject("spec");
    spec.put(
        "providerID",
        words.length < 3 || words[2].equals("gce")
            ? "gce://p/z/" + words[0]
            : "aws:///z/" + words[2]);
    if (words.length > 3) {
      spec.putArray("taints").addObject().put("key", words[3]).put("effect", "NoSchedule");
    }
    node.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", words[1]);
  }

  private static ObjectNode object(ArrayNode objects, String kind, String namespace, String name) {
    var object = objects.addObject().put("kind", kind);
    object.putObject("metadata").put("namespace", namespace).put("name", name);
    return object;
  }
}
