package dev.penstock.sandbox.kubernetes.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions.Propagation;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Writes, patches, ownership, selectors and refusals on a bare store. */
final class RulesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final WriteOptions ALICE = WriteOptions.of("alice");
  private static final WriteOptions BOB = WriteOptions.of("bob");

  private final ObjectStore store = new ObjectStore();
  private final ApiRules api =
      new ApiRules(
          store, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")), new Random(1));

  @BeforeEach
  void furnish() {
    api.create(Kinds.NAMESPACE, "", yaml("metadata: {name: default}"), ALICE);
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private ObjectNode create(Kind kind, String text) {
    return api.create(kind, "default", yaml(text), ALICE);
  }

  private ObjectNode patch(Kind kind, String name, Patch patch) {
    return api.patch(kind, "default", name, patch, ALICE);
  }

  private ObjectNode apply(String text, WriteOptions as) {
    return api.patch(Kinds.SERVICE, "default", "web", new Patch.Apply(yaml(text)), as);
  }

  private static final String INGRESS =
      """
      metadata: {name: web}
      spec:
        rules:
          - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}
      """;

  @Test
  void nothingIsCreatedOfAKindWhoseDefinitionIsBeingDeleted() {
    var definition =
        """
        metadata: {name: cakes.example.com, finalizers: [example.com/slow]}
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Cake, plural: cakes, singular: cake}
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
        """;
    api.create(Kinds.CUSTOM_RESOURCE_DEFINITION, "", yaml(definition), ALICE);
    var cake = api.kinds().find("cakes.example.com").orElseThrow();
    create(cake, "metadata: {name: first}");

    api.delete(
        Kinds.CUSTOM_RESOURCE_DEFINITION, "", "cakes.example.com", DeleteOptions.background());

    var refusal = assertThrows(Refusal.class, () -> create(cake, "metadata: {name: second}"));
    assertEquals(405, refusal.code());
    patch(cake, "first", new Patch.Merge(yaml("metadata: {labels: {a: b}}")));
  }

  @Test
  void theGenerationCountsChangesOfTheSpecOnly() {
    create(Kinds.INGRESS, INGRESS);
    var labelled = patch(Kinds.INGRESS, "web", new Patch.Merge(yaml("metadata: {labels: {a: b}}")));
    assertEquals(1, Tree.at(labelled, "metadata", "generation").asInt());
    var changed =
        patch(Kinds.INGRESS, "web", new Patch.Merge(yaml("spec: {ingressClassName: alb}")));
    assertEquals(2, Tree.at(changed, "metadata", "generation").asInt());
  }

  @Test
  void anUpdateThatChangesNothingMakesNoRevision() {
    var created = create(Kinds.INGRESS, INGRESS);
    var same = api.update(Kinds.INGRESS, "default", "web", created.deepCopy(), BOB);
    assertSame(created, same);
  }

  @Test
  void statusAndSpecAreWrittenApart() {
    create(Kinds.INGRESS, INGRESS);
    var status = "status: {loadBalancer: {ingress: [{hostname: lb.example.com}]}}";
    var plain = patch(Kinds.INGRESS, "web", new Patch.Merge(yaml(status)));
    assertTrue(Tree.items(plain, "status", "loadBalancer", "ingress").isEmpty());
    var both = yaml(status);
    both.putObject("spec").put("ingressClassName", "other");
    var written =
        api.patch(Kinds.INGRESS, "default", "web", new Patch.Merge(both), ALICE.on("status"));
    assertEquals(1, Tree.items(written, "status", "loadBalancer", "ingress").size());
    assertFalse(Tree.has(written, "spec", "ingressClassName"));
    assertEquals(1, Tree.at(written, "metadata", "generation").asInt());
  }

  @Test
  void aStrategicPatchMergesServicePortsByPort() {
    create(
        Kinds.SERVICE,
        "{metadata: {name: web}, spec: {ports: [{name: a, port: 80}, {name: b, port: 81}]}}");
    var patched =
        patch(
            Kinds.SERVICE,
            "web",
            new Patch.Strategic(
                yaml("spec: {ports: [{port: 81, targetPort: 8081}, {port: 80, $patch: delete}]}")));
    var ports = Tree.items(patched, "spec", "ports");
    assertEquals(1, ports.size());
    assertEquals("b", Tree.text(ports.getFirst(), "name"));
    assertEquals(8081, ports.getFirst().path("targetPort").asInt());
  }

  @Test
  void aStrategicPatchOrdersAndRetainsAsItsDirectivesSay() {
    var before =
        yaml(
            "{spec: {containers: [{name: a}, {name: b}], strategy: {type: X, rollingUpdate: {}}}}");
    var patch =
        yaml(
            "{spec: {$setElementOrder/containers: [{name: c}, {name: b}, {name: a}],"
                + " containers: [{name: c, image: i}],"
                + " strategy: {$retainKeys: [type], type: Recreate}}}");
    var after = MergePatch.strategic(before, patch, "Pod");
    var names =
        Tree.items(after, "spec", "containers").stream().map(c -> Tree.text(c, "name")).toList();
    assertEquals(List.of("c", "b", "a"), names);
    assertEquals(yaml("{type: Recreate}"), after.get("spec").get("strategy"));
  }

  @Test
  void aJsonPatchAddsReplacesRemovesMovesAndTests() throws Exception {
    var document = yaml("{a: [1, 2], b: {c~/d: x}}");
    var patch =
        YAML.readTree(
            """
            - {op: test, path: /a/0, value: 1}
            - {op: add, path: /a/-, value: 3}
            - {op: remove, path: /a/0}
            - {op: replace, path: /b/c~0~1d, value: y}
            - {op: move, from: /b, path: /e}
            - {op: copy, from: /a, path: /f}
            """);
    assertEquals(yaml("{a: [2, 3], e: {c~/d: y}, f: [2, 3]}"), JsonPatch.apply(document, patch));
    var failing = YAML.readTree("[{op: test, path: /a/0, value: 9}]");
    assertEquals(422, assertThrows(Refusal.class, () -> JsonPatch.apply(document, failing)).code());
  }

  @Test
  void twoManagersKeepTheirOwnFieldsOfOneService() {
    apply(
        "{metadata: {labels: {a: '1'}}, spec: {selector: {x: y}, ports: [{port: 80, name:"
            + " first}]}}",
        ALICE);
    apply("{metadata: {labels: {b: '2'}}, spec: {ports: [{port: 81, name: other}]}}", BOB);
    var dropped =
        apply("{metadata: {labels: {b: '3'}}, spec: {ports: [{port: 81, name: other}]}}", BOB);
    assertEquals("1", Tree.text(dropped, "metadata", "labels", "a"));
    assertEquals("3", Tree.text(dropped, "metadata", "labels", "b"));
    assertEquals(2, Tree.items(dropped, "spec", "ports").size());
    var less = apply("{metadata: {labels: {}}, spec: {}}", BOB);
    assertFalse(Tree.has(less, "metadata", "labels", "b"));
    assertEquals("first", Tree.text(Tree.items(less, "spec", "ports").getFirst(), "name"));
    assertEquals(1, Tree.items(less, "spec", "ports").size());
    assertEquals("1", Tree.text(less, "metadata", "labels", "a"));
  }

  @Test
  void anApplyOfAnotherManagersValueIsAConflictUnlessForced() {
    apply("{spec: {selector: {x: y}, ports: [{port: 80}]}}", ALICE);
    var other = "{spec: {selector: {x: z}}}";
    var refusal = assertThrows(Refusal.class, () -> apply(other, BOB));
    assertEquals(409, refusal.code());
    assertTrue(refusal.getMessage().contains("conflict with \"alice\""), refusal.getMessage());
    assertEquals("z", Tree.text(apply(other, BOB.forced()), "spec", "selector", "x"));
    assertThrows(
        Refusal.class, () -> apply("{spec: {selector: {x: y}, ports: [{port: 80}]}}", ALICE));
  }

  @Test
  void theSameApplyAgainMakesNoRevision() {
    var text = "{metadata: {labels: {a: b}}, spec: {selector: {x: y}, ports: [{port: 80}]}}";
    var first = apply(text, ALICE);
    assertSame(first, apply(text, ALICE));
  }

  @Test
  void anUpdateTakesTheFieldsItChanges() {
    apply("{metadata: {labels: {a: '1'}}, spec: {selector: {x: y}, ports: [{port: 80}]}}", ALICE);
    api.patch(
        Kinds.SERVICE,
        "default",
        "web",
        new Patch.Merge(yaml("metadata: {labels: {a: '2'}}")),
        BOB);
    var refusal =
        assertThrows(
            Refusal.class,
            () ->
                apply(
                    "{metadata: {labels: {a: '1'}}, spec: {selector: {x: y}, ports: [{port: 80}]}}",
                    ALICE));
    assertTrue(refusal.getMessage().contains(".metadata.labels.a"), refusal.getMessage());
  }

  @Test
  void aDeletedObjectWithAFinalizerTakesNoNewOneAndGoesWithTheLast() {
    create(Kinds.CONFIG_MAP, "metadata: {name: m, finalizers: [example.com/a]}");
    api.delete(Kinds.CONFIG_MAP, "default", "m", DeleteOptions.background());
    assertTrue(Tree.deleting(api.get(Kinds.CONFIG_MAP, "default", "m")));
    var more = new Patch.Merge(yaml("metadata: {finalizers: [example.com/a, example.com/b]}"));
    assertEquals(422, assertThrows(Refusal.class, () -> patch(Kinds.CONFIG_MAP, "m", more)).code());
    patch(Kinds.CONFIG_MAP, "m", new Patch.Merge(yaml("metadata: {finalizers: null}")));
    assertTrue(api.find(Kinds.CONFIG_MAP, "default", "m").isEmpty());
  }

  @Test
  void orphaningAndForegroundDeletionWaitForTheirFinalizers() {
    create(Kinds.CONFIG_MAP, "metadata: {name: m}");
    var how = DeleteOptions.background().with(Propagation.FOREGROUND);
    var marked = api.delete(Kinds.CONFIG_MAP, "default", "m", how);
    assertEquals(
        "foregroundDeletion", Tree.items(marked, "metadata", "finalizers").getFirst().asText());
  }

  @Test
  void anIngressWithoutClassGetsTheDefaultOne() {
    api.create(
        Kinds.INGRESS_CLASS,
        "",
        yaml(
            "{metadata: {name: alb, annotations: {ingressclass.kubernetes.io/is-default-class:"
                + " 'true'}}}"),
        ALICE);
    assertEquals("alb", Tree.text(create(Kinds.INGRESS, INGRESS), "spec", "ingressClassName"));
  }

  @Test
  void aServiceKeepsItsAddressesAndGivesBackItsNodePorts() {
    create(Kinds.SERVICE, "{metadata: {name: web}, spec: {type: NodePort, ports: [{port: 80}]}}");
    var live = api.get(Kinds.SERVICE, "default", "web");
    var address = Tree.text(live, "spec", "clusterIP");
    assertEquals(30_000, Tree.items(live, "spec", "ports").getFirst().path("nodePort").asInt());
    var again = yaml("{metadata: {name: web}, spec: {type: NodePort, ports: [{port: 80}]}}");
    var kept = api.update(Kinds.SERVICE, "default", "web", again, BOB);
    assertEquals(30_000, Tree.items(kept, "spec", "ports").getFirst().path("nodePort").asInt());
    var plain = patch(Kinds.SERVICE, "web", new Patch.Merge(yaml("spec: {type: ClusterIP}")));
    assertFalse(Tree.items(plain, "spec", "ports").getFirst().has("nodePort"));
    assertEquals(address, Tree.text(plain, "spec", "clusterIP"));
  }

  @TestFactory
  Stream<DynamicTest> whatIsInvalidIsRefusedWithTheFieldNamed() throws IOException {
    try (var in = RulesTest.class.getResourceAsStream("invalid.yaml")) {
      return Tree.items(YAML.readTree(in)).stream()
          .map(row -> DynamicTest.dynamicTest(Tree.text(row, "case"), () -> refused(row)));
    }
  }

  private void refused(JsonNode row) {
    var kind = api.kinds().find(Tree.text(row, "kind")).orElseThrow();
    var object = (ObjectNode) row.path("object");
    var refusal = assertThrows(Refusal.class, () -> api.create(kind, "default", object, ALICE));
    assertEquals(422, refusal.code(), refusal.getMessage());
    var named = Tree.text(row, "field") + ": ";
    assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
  }

  @Test
  void labelSelectorsKnowEqualityAndSets() {
    var object = yaml("metadata: {labels: {app: web, tier: front}}");
    assertTrue(Selector.labels("app=web,tier in (front, back),!gone").test(object));
    assertTrue(Selector.labels("app!=api,gone notin (x),tier").test(object));
    assertFalse(Selector.labels("app==api").test(object));
    assertFalse(Selector.labels("gone").test(object));
    assertEquals(
        400, assertThrows(Refusal.class, () -> Selector.fields("pods", "spec.foo=1")).code());
  }
}
