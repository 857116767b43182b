package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.Problem;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What AWS cannot hold for its length is told to its owner before AWS is asked. */
final class LongValuesTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** An annotation whose value has a part of that length, and how long that may be. */
  private record Limit(String key, int longest, IntFunction<String> value) {
    @Override
    public String toString() {
      return key + " " + longest;
    }
  }

  private static Stream<Limit> limits() {
    return Stream.of(
        new Limit("success-codes", 1199, "2"::repeat),
        new Limit("healthcheck-path", 1024, n -> "/" + "p".repeat(n - 1)),
        new Limit("tags", 128, n -> "k".repeat(n) + "=v"),
        new Limit("tags", 256, n -> "k=" + "v".repeat(n)),
        new Limit("actions.web", 128, n -> redirect("host", "h".repeat(n))),
        new Limit("actions.web", 128, n -> redirect("path", "/" + "p".repeat(n - 1))),
        new Limit("conditions.web", 128, n -> hosts("h".repeat(n))),
        new Limit("conditions.web", 40, n -> header("n".repeat(n))));
  }

  private static String redirect(String part, String value) {
    return "{\"type\":\"redirect\",\"redirectConfig\":{\"statusCode\":\"HTTP_301\",\"%s\":\"%s\"}}"
        .formatted(part, value);
  }

  private static String hosts(String value) {
    return "[{\"field\":\"host-header\",\"hostHeaderConfig\":{\"values\":[\"%s\"]}}]"
        .formatted(value);
  }

  private static String header(String name) {
    var config = "{\"httpHeaderName\":\"%s\",\"values\":[\"v\"]}".formatted(name);
    return "[{\"field\":\"http-header\",\"httpHeaderConfig\":%s}]".formatted(config);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void whatIsOneCharacterTooLongIsRefusedWithItsKeyAndTheLimit(Limit limit) {
    assertEquals(List.of(), refusals(limit, limit.longest()));
    var refused = refusals(limit, limit.longest() + 1);
    assertEquals(1, refused.size(), refused.toString());
    var words = refused.getFirst();
    assertTrue(words.startsWith(PREFIX + limit.key()), words);
    assertTrue(words.contains("" + limit.longest()), words);
  }

  private static List<String> refusals(Limit limit, int length) {
    var objects = objects(limit.key(), limit.value().apply(length));
    var state =
        new CaseWorld(MAPPER.createObjectNode().set("objects", objects))
            .members()
            .getFirst()
            .state();
    return state instanceof MemberIntent.Invalid(var problems, _, _)
        ? problems.stream().map(Problem::message).toList()
        : List.of();
  }

  private static JsonNode objects(String key, String value) {
    var objects = MAPPER.createArrayNode();
    object(objects, "IngressClass", "", "alb")
        .putObject("spec")
        .put("controller", "ingress.k8s.aws/alb");
    var service = object(objects, "Service", "apps", "web").putObject("spec");
    service.put("type", "ClusterIP");
    service.putArray("ports").addObject().put("port", 80).put("targetPort", 80);
    var ingress = object(objects, "Ingress", "apps", "shop");
    var annotations = ((ObjectNode) ingress.get("metadata")).putObject("annotations");
    annotations.put(PREFIX + key, value);
    annotations.put(PREFIX + "target-type", "ip");
    var spec = ingress.putObject("spec").put("ingressClassName", "alb");
    var path = spec.putArray("rules").addObject().putObject("http").putArray("paths").addObject();
    path.put("path", "/").put("pathType", "Prefix");
    var port = path.putObject("backend").putObject("service").put("name", "web").putObject("port");
    if (key.startsWith("actions.")) {
      port.put("name", "use-annotation");
    } else {
      port.put("number", 80);
    }
    return objects;
  }

  private static ObjectNode object(ArrayNode objects, String kind, String namespace, String name) {
    var node = objects.addObject().put("kind", kind);
    node.putObject("metadata").put("namespace", namespace).put("name", name);
    return node;
  }
}
