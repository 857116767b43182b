package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing is served without the protection that its owner asked for. */
final class ProtectionsTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> whatCannotBeProtectedIsRefused() {
    return Rows.of("/rules/protections.yaml", ProtectionsTest::check);
  }

  private static void check(JsonNode row) {
    var world = new CaseWorld(MAPPER.createObjectNode().set("objects", objects(row)));
    var state = world.members().getFirst().state();
    var refused =
        state instanceof MemberIntent.Invalid(var problems, _)
            ? problems.stream().map(Problem::reason).distinct().toList()
            : List.of();
    assertEquals(
        row.get("refused").asBoolean() ? List.of("UnsupportedProtection") : List.of(), refused);
  }

  private static JsonNode objects(JsonNode row) {
    var objects = MAPPER.createArrayNode();
    var alb = object(objects.addObject(), "IngressClass", "", "alb");
    var spec = alb.putObject("spec").put("controller", "ingress.k8s.aws/alb");
    spec.putObject("parameters")
        .put("apiGroup", "elbv2.k8s.aws")
        .put("kind", "IngressClassParams")
        .put("name", "alb");
    object(objects.addObject(), "IngressClassParams", "", "alb").set("spec", row.path("params"));
    var ingress = object(objects.addObject(), "Ingress", "apps", "shop");
    var annotations = ((ObjectNode) ingress.get("metadata")).putObject("annotations");
    row.path("annotations")
        .properties()
        .forEach(e -> annotations.set(PREFIX + e.getKey(), e.getValue()));
    ingress.putObject("spec").put("ingressClassName", "alb");
    return objects;
  }

  private static ObjectNode object(ObjectNode node, String kind, String namespace, String name) {
    node.put("kind", kind).putObject("metadata").put("namespace", namespace).put("name", name);
    return node;
  }
}
