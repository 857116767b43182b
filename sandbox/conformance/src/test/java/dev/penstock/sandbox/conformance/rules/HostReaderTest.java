package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.intent.IngressIntent.HostIntent;
import dev.penstock.schemas.intent.MemberIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The host names that an Ingress claims, as external-dns reads its annotations. */
final class HostReaderTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<String, String> PREFIXES =
      Map.of("new", "external-dns.kubernetes.io", "old", "external-dns.alpha.kubernetes.io");

  @TestFactory
  Stream<DynamicTest> annotationsAreReadAsExternalDnsReadsThem() {
    return Rows.of("/rules/hosts.yaml", HostReaderTest::check);
  }

  private static void check(JsonNode row) {
    var world = new CaseWorld(MAPPER.createObjectNode().set("objects", objects(row)));
    var state = world.members().getFirst().state();
    var valid = assertInstanceOf(MemberIntent.Valid.class, state, state::toString);
    assertEquals(wanted(row), valid.intent().hosts());
    var warned =
        valid.warnings().stream().anyMatch(problem -> problem.reason().endsWith("Annotation"));
    assertEquals(row.path("warned").asBoolean(), warned, () -> valid.warnings().toString());
  }

  private static List<HostIntent> wanted(JsonNode row) {
    var hosts = new ArrayList<HostIntent>();
    for (var host : row.get("hosts")) {
      var targets = new ArrayList<String>();
      host.path("targets").forEach(target -> targets.add(target.asText()));
      var ttl = host.has("ttl") ? Optional.of(host.get("ttl").asLong()) : Optional.<Long>empty();
      var alias = host.path("alias").asBoolean();
      var name = host.get("host").asText();
      var routing = new TreeMap<String, String>();
      host.path("routing")
          .properties()
          .forEach(e -> routing.put(e.getKey(), e.getValue().asText()));
      hosts.add(new HostIntent(name, targets, ttl, alias, routing, Optional.empty()));
    }
    return hosts;
  }

  private static JsonNode objects(JsonNode row) {
    var objects = MAPPER.createArrayNode();
    var alb = object(objects.addObject(), "IngressClass", "", "alb");
    alb.putObject("spec").put("controller", "ingress.k8s.aws/alb");
    var ingress = object(objects.addObject(), "Ingress", "apps", "shop");
    var annotations = ((ObjectNode) ingress.get("metadata")).putObject("annotations");
    row.path("annotations")
        .properties()
        .forEach(e -> {
          var key = e.getKey().split("/");
          annotations.set(PREFIXES.get(key[0]) + "/" + key[1], e.getValue());
        });
    ingress.putObject("spec").put("ingressClassName", "alb");
    return objects;
  }

  private static ObjectNode object(ObjectNode node, String kind, String namespace, String name) {
    node.put("kind", kind).putObject("metadata").put("namespace", namespace).put("name", name);
    return node;
  }
}
