package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.plan.ingress.SettingsRules;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.Problem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which secrets a cluster lets Ingresses use for logins. */
final class SecretLabelTest {
  private static final String WORLD =
      """
      config: {required-secrets-label: "%s"}
      objects:
        - {kind: IngressClass, metadata: {name: alb}, spec: {controller: ingress.k8s.aws/alb}}
        - {kind: Secret, metadata: {name: oidc, namespace: apps, labels: {login: "yes"}}, data: {clientID: "eA=="}}
        - {kind: Service, metadata: {name: web, namespace: apps}, spec: {type: NodePort, ports: [{name: http, port: 80, nodePort: 30080}]}}
        - kind: Ingress
          metadata:
            name: shop
            namespace: apps
            annotations:
              alb.ingress.kubernetes.io/certificate-arn: "arn:1"
              alb.ingress.kubernetes.io/auth-type: oidc
              alb.ingress.kubernetes.io/auth-idp-oidc: '{"issuer": "https://i", "secretName": "oidc"}'
          spec:
            ingressClassName: alb
            rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]
      """;

  @Test
  void withoutARuleEverySecretMayBeUsed() throws IOException {
    assertEquals(List.of(), refusals(""));
  }

  @Test
  void aSecretNeedsTheLabelWithItsValue() throws IOException {
    assertEquals(List.of(), refusals("login=yes"));
    assertEquals(List.of("secret apps/oidc lacks the label login=no"), refusals("login=no"));
    assertEquals(List.of("secret apps/oidc lacks the label team=a"), refusals("team=a"));
  }

  @Test
  void aRuleThatIsNoLabelIsRefused() throws IOException {
    assertEquals(List.of(), SettingsRules.problems(world("login=yes").registration()));
    assertEquals(1, SettingsRules.problems(world("login").registration()).size());
    assertEquals(1, SettingsRules.problems(world("=yes").registration()).size());
  }

  private static List<String> refusals(String label) throws IOException {
    return world(label).members().getFirst().state() instanceof MemberIntent.Invalid(var told, _, _)
        ? told.stream().map(Problem::message).toList()
        : List.of();
  }

  private static CaseWorld world(String label) throws IOException {
    return new CaseWorld(new ObjectMapper(new YAMLFactory()).readTree(WORLD.formatted(label)));
  }
}
