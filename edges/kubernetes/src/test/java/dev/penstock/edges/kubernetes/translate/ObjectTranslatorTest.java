package dev.penstock.edges.kubernetes.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ControllerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of translate/*.yaml is one test. */
final class ObjectTranslatorTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final ObjectTranslator translator = new ObjectTranslator(ControllerSettings.defaults());

  @TestFactory
  Stream<DynamicTest> whatIsReadOfAnObject() {
    return rows("translations").stream()
        .map(row -> dynamicTest(row.path("case").asText(), () -> checkRead(row)));
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeReadIsMalformedAndNamesTheField() {
    return rows("malformed").stream()
        .map(row -> dynamicTest(row.path("reason").asText(), () -> checkMalformed(row)));
  }

  @Test
  void everyKindHasRowsInBothTables() {
    for (var table : List.of("translations", "malformed")) {
      var kinds = EnumSet.noneOf(ObjectKind.class);
      rows(table).forEach(row -> kinds.add(kind(row)));
      assertEquals(EnumSet.allOf(ObjectKind.class), kinds, table);
    }
  }

  @Test
  void aMalformedObjectKeepsWhatCanBeReadOfItsMetadata() {
    var raw = (ObjectNode) rows("translations").getFirst().path("object");
    raw.put("spec", 7);
    raw.withObject("/metadata/labels").put("number", 5);
    var malformed = assertInstanceOf(Malformed.class, read(ObjectKind.INGRESS, raw));
    assertEquals("{app=web}", malformed.metadata().labels().toString());
    assertEquals("{a=b}", malformed.metadata().annotations().toString());
    assertEquals(List.of("ingress.k8s.aws/resources"), malformed.metadata().finalizers());
    assertTrue(malformed.metadata().deleted().isPresent());
    assertEquals(ObjectKind.INGRESS, malformed.kind());
  }

  @Test
  void anAbsurdlyLongTextIsMalformedAndNotCarriedAlong() {
    var raw = (ObjectNode) rows("translations").getFirst().path("object");
    raw.withObject("/metadata/annotations").put("huge", "x".repeat(10 * 1024 * 1024));
    var malformed = assertInstanceOf(Malformed.class, read(ObjectKind.INGRESS, raw));
    assertEquals(
        "metadata.annotations[huge] has 10485760 characters; at most 262144 are read",
        malformed.reason());
    assertEquals("{a=b}", malformed.metadata().annotations().toString());
  }

  @Test
  void absurdlyManyElementsAreMalformed() {
    var raw = (ObjectNode) rows("translations").getFirst().path("object");
    var rules = raw.withObject("/spec").putArray("rules");
    for (int i = 0; i < 10_001; i++) {
      rules.addObject();
    }
    var malformed = assertInstanceOf(Malformed.class, read(ObjectKind.INGRESS, raw));
    assertEquals("spec.rules has 10001 elements; at most 10000 are read", malformed.reason());
  }

  @Test
  void anObjectWithoutANameHasNoTranslation() {
    for (var kind : ObjectKind.values()) {
      assertTrue(translator.translate(kind, YAML.createObjectNode()).isEmpty());
      assertTrue(translator.translate(kind, YAML.createArrayNode()).isEmpty());
      assertTrue(translator.translate(kind, YAML.nullNode()).isEmpty());
    }
  }

  @Test
  void noObjectWithAnyFieldReplacedIsEverRefused() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    for (var row : rows("translations")) {
      for (int i = 0; i < 200; i++) {
        var raw = row.path("object").deepCopy();
        damage(raw, random);
        var translated = translator.translate(kind(row), raw);
        translated.ifPresent(object -> assertEquals(kind(row), object.kind()));
      }
    }
  }

  @Test
  void aWrittenTargetGroupBindingReadsBackEqual() {
    for (var row : rows("translations")) {
      if (kind(row) == ObjectKind.TARGET_GROUP_BINDING) {
        var before = (TargetGroupBinding) read(kind(row), row.path("object"));
        var raw = (ObjectNode) row.path("object").deepCopy();
        raw.set("spec", TargetGroupBindingTranslator.write(before.spec()));
        assertEquals(before, read(kind(row), raw));
      }
    }
  }

  @Test
  void aWrittenAddressReadsBackEqual() {
    var raw = (ObjectNode) rows("translations").getFirst().path("object");
    var before = (Ingress) read(ObjectKind.INGRESS, raw);
    raw.withObject("/status/loadBalancer").set("ingress", AddressTranslator.write(before.status()));
    assertEquals(before, read(ObjectKind.INGRESS, raw));
  }

  @Test
  void theExamplesAreReadWhole() throws IOException {
    var examples = Path.of(System.getProperty("project.root", "../.."), "deploy/examples");
    var read = new ArrayList<String>();
    for (var file : List.of("nginx-complete.yaml", "my-app-ingress.yaml")) {
      try (var documents =
          YAML.readerFor(JsonNode.class)
              .<JsonNode>readValues(Files.readString(examples.resolve(file)))) {
        while (documents.hasNext()) {
          var raw = documents.next();
          if (Arrays.stream(ObjectKind.values())
              .anyMatch(kind -> kind.text().equals(raw.path("kind").asText()))) {
            var object = read(kind(raw), raw);
            assertFalse(object instanceof Malformed, object.toString());
            read.add(object.kind().text() + " " + object.metadata().name());
          }
        }
      }
    }
    assertTrue(read.contains("Ingress nginx-ingress"), read.toString());
    assertTrue(read.contains("Service nginx-service"), read.toString());
    assertTrue(read.size() >= 3, read.toString());
  }

  private void checkRead(JsonNode row) throws ReflectiveOperationException {
    var object = read(kind(row), row.path("object"));
    assertEquals(kind(row), object.kind());
    for (var expected : row.path("expect").properties()) {
      var value = object.getClass().getMethod(expected.getKey()).invoke(object);
      assertEquals(expected.getValue().asText(), String.valueOf(value), expected.getKey());
    }
  }

  private void checkMalformed(JsonNode row) {
    var malformed = assertInstanceOf(Malformed.class, read(kind(row), row.path("object")));
    assertEquals(row.path("reason").asText(), malformed.reason());
    assertEquals("x", malformed.metadata().name());
    assertEquals(kind(row), malformed.kind());
  }

  private KubernetesObject read(ObjectKind kind, JsonNode raw) {
    return translator.translate(kind, raw).orElseThrow();
  }

  /** Puts a value of a random type in the place of one field, somewhere. */
  private static void damage(JsonNode node, RandomGenerator random) {
    var fields = new ArrayList<ObjectNode>();
    collect(node, fields);
    var victim = fields.get(random.nextInt(fields.size()));
    var names = new ArrayList<String>();
    victim.fieldNames().forEachRemaining(names::add);
    var name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(6)) {
      case 0 -> victim.putArray(name).add(1).addObject();
      case 1 -> victim.putObject(name).put("a", 1);
      case 2 -> victim.put(name, Long.MAX_VALUE);
      case 3 -> victim.put(name, -1.5e300);
      case 4 -> victim.put(name, "\u0000\ud800");
      default -> victim.putNull(name);
    }
  }

  private static void collect(JsonNode node, List<ObjectNode> into) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      into.add(object);
    }
    node.forEach(child -> collect(child, into));
  }

  private static ObjectKind kind(JsonNode row) {
    return ObjectKind.of(row.path("kind").asText());
  }

  private static List<JsonNode> rows(String table) {
    try (var in = ObjectTranslatorTest.class.getResourceAsStream("/translate/" + table + ".yaml")) {
      var rows = new ArrayList<JsonNode>();
      YAML.readTree(in).forEach(rows::add);
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
