package dev.penstock.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed schemas are those of the code, and fit every released version. */
final class SchemaFilesTest {
  private static final Path AVRO =
      Path.of(System.getProperty("project.root", ".."), "schemas/src/main/avro");

  @Test
  void eachTopicsSchemaFileIsWhatTheRecordsSay() throws IOException {
    boolean write = "write".equals(System.getProperty("golden"));
    for (Topic topic : Topics.all()) {
      String derived = schema(topic).toString(true) + "\n";
      Path file = AVRO.resolve(file(topic));
      if (write) {
        Files.createDirectories(AVRO);
        Files.writeString(file, derived);
      }
      assertEquals(
          Files.readString(file), derived, file + " differs: run the tests with -Dgolden=write");
    }
  }

  @Test
  void noFileIsLeftOfATopicThatIsGone() throws IOException {
    try (var files = Files.list(AVRO)) {
      var found = files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).sorted();
      assertEquals(
          Topics.all().stream().map(SchemaFilesTest::file).sorted().toList(), found.toList());
    }
  }

  @Test
  void everySchemaReadsAndIsReadByEveryReleasedVersion() throws IOException {
    Path released = AVRO.resolve("released");
    assumeTrue(Files.isDirectory(released), "nothing is released yet");
    assertEquals(List.of(), violations(released));
  }

  @Test
  void aReleasedVersionThatDoesNotFitIsFound(@TempDir Path released) throws IOException {
    Path release = Files.createDirectories(released.resolve("1"));
    String event = schema(Topics.EVENTS).toString();
    Files.writeString(
        release.resolve(file(Topics.EVENTS)),
        event.replace("\"name\":\"key\"", "\"name\":\"kee\""));
    Files.writeString(release.resolve(file(Topics.CHANGES)), schema(Topics.CHANGES).toString());
    var violations = violations(released);
    assertTrue(violations.getFirst().contains("READER_FIELD_MISSING_DEFAULT_VALUE key"));
    assertTrue(violations.stream().allMatch(v -> v.startsWith("1/penstock.events.avsc")));
  }

  private static List<String> violations(Path released) throws IOException {
    var violations = new ArrayList<String>();
    try (var releases = Files.list(released)) {
      for (Path release : releases.sorted().toList()) {
        for (Topic topic : Topics.all()) {
          Path file = release.resolve(file(topic));
          if (Files.exists(file)) {
            Schema old = new Schema.Parser().parse(Files.readString(file));
            Compatibility.violations(schema(topic), old)
                .forEach(v -> violations.add(released.relativize(file) + ": " + v));
          }
        }
      }
    }
    return violations;
  }

  private static Schema schema(Topic topic) {
    return RecordCodec.of(topic.value()).schema();
  }

  private static String file(Topic topic) {
    return topic.name() + ".avsc";
  }
}
