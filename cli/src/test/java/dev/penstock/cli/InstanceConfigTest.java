package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.InstanceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceConfigTest {
  @TempDir Path folder;

  private InstanceConfig read(String yaml, Map<String, String> environment) throws Exception {
    return InstanceConfig.read(Optional.of(file(yaml)), environment);
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("penstock.yaml"), yaml);
  }

  private String refusal(String yaml) {
    return assertThrows(ConfigRefused.class, () -> read(yaml, Map.of())).getMessage();
  }

  @Test
  void whatIsNotGivenHasItsDefault() throws Exception {
    var config = read("", Map.of());
    assertEquals("127.0.0.1:9092", config.text("kafka.bootstrap-servers"));
    assertEquals(64, config.number("kafka.partitions"));
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws Exception {
    var config =
        read(
            "kafka:\n  bootstrap-servers: a:1\n",
            Map.of("PENSTOCK_KAFKA_BOOTSTRAP_SERVERS", "b:2"));
    assertEquals("b:2", config.text("kafka.bootstrap-servers"));
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
    assertEquals(
        "unknown key kafka.bootstrap-server; the nearest known one is kafka.bootstrap-servers",
        refusal("kafka:\n  bootstrap-server: a:1\n"));
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    assertTrue(
        refusal("kafka:\n  partitions: many\n")
            .startsWith("kafka.partitions must be a whole number"));
  }

  @Test
  void aSecretIsAReferenceAndNeverAppearsInTheRefusal() {
    var refusal = refusal("http:\n  token: hunter2\n");
    assertTrue(refusal.contains("env:NAME or file:PATH"));
    assertFalse(refusal.contains("hunter2"));
  }

  @Test
  void aReferenceIsReadFromEnvironmentOrFile() throws Exception {
    var secret = Files.writeString(folder.resolve("token"), "abc\n");
    assertEquals("abc", read("http:\n  token: file:" + secret + "\n", Map.of()).text("http.token"));
    assertEquals("xyz", read("http:\n  token: env:T\n", Map.of("T", "xyz")).text("http.token"));
  }

  @Test
  void aMapTakesFreeKeysAndReferences() throws Exception {
    var config =
        read(
            "kafka:\n  client:\n    security.protocol: SSL\n    ssl.key.password: env:P\n",
            Map.of("P", "p"));
    assertEquals("SSL", config.map("kafka.client").get("security.protocol"));
    assertEquals("p", config.map("kafka.client").get("ssl.key.password"));
  }
}
