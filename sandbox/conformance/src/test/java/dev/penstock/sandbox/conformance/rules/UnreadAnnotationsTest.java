package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.intent.MemberIntent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an owner is told of annotations that have no effect. */
final class UnreadAnnotationsTest {
  private static final String WORLD =
      """
      objects:
        - {kind: IngressClass, metadata: {name: alb}, spec: {controller: ingress.k8s.aws/alb}}
        - {kind: Service, metadata: {name: web, namespace: apps}, spec: {type: NodePort, ports: [{name: http, port: 80, nodePort: 30080}]}}
        - kind: Ingress
          metadata: {name: shop, namespace: apps, annotations: {"alb.ingress.kubernetes.io/%s": "%s"}}
          spec:
            ingressClassName: alb
            rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]
      """;

  @Test
  void oneThatNobodyKnowsIsNamed() throws IOException {
    assertEquals(List.of("UnknownAnnotation"), warnings("schema", "internal"));
  }

  @Test
  void onesThatWeActOnOrThatTheOtherControllerWroteAreNot() throws IOException {
    assertEquals(List.of(), warnings("scheme", "internal"));
    assertEquals(List.of(), warnings("dry-run-plan", "{}"));
  }

  private static List<String> warnings(String annotation, String value) throws IOException {
    var world = new ObjectMapper(new YAMLFactory()).readTree(WORLD.formatted(annotation, value));
    var state = new CaseWorld(world).members().getFirst().state();
    return assertInstanceOf(MemberIntent.Valid.class, state).warnings().stream()
        .map(problem -> problem.reason())
        .toList();
  }
}
