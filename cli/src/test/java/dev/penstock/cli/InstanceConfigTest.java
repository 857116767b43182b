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
import java.util.List;
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

  private List<String> problems(String yaml, Map<String, String> environment) {
    return assertThrows(ConfigRefused.class, () -> read(yaml, environment)).problems();
  }

  @Test
  void eachPersonsTokenIsAReferenceToo() throws Exception {
    var refusal = refusal("http:\n  tokens:\n    alice: hunter2\n");
    assertTrue(refusal.startsWith("http.tokens.alice must be a reference"), refusal);
    assertFalse(refusal.contains("hunter2"));
    var config = read("http:\n  tokens:\n    alice: env:A\n", Map.of("A", "hunter2"));
    assertEquals(Map.of("alice", "hunter2"), config.map("http.tokens"));
  }

  @Test
  void anEmptySecretIsNone() {
    assertEquals(
        List.of("http.tokens.alice: what env:A names is empty"),
        problems("http:\n  tokens:\n    alice: env:A\n", Map.of("A", " ")));
  }

  @Test
  void whatKafkaTakesForAPasswordIsAReference() {
    for (var name : List.of("sasl.jaas.config", "ssl.keystore.key", "x.client.secret")) {
      var refusal = refusal("kafka:\n  client:\n    " + name + ": hunter2\n");
      assertTrue(refusal.startsWith("kafka.client." + name + " must be a reference"), refusal);
      assertFalse(refusal.contains("hunter2"));
    }
  }

  @Test
  void aNumberOutsideItsBoundsIsRefused() {
    assertEquals(
        List.of(
            "kafka.partitions must be a whole number from 1 to 4096: partitions of penstock.events,"
                + " for its life",
            "stream.standby-replicas must be a whole number from 0 to 16: copies of the tables on"
                + " other instances, for a fast take-over"),
        problems("kafka:\n  partitions: -3\nstream:\n  standby-replicas: -1\n", Map.of()));
  }

  @Test
  void anAddressHasAHostAndAPort() throws Exception {
    for (var wrong : List.of("8080", ":8080", "host", "host:99999", "http://host:80", "a:1,b:2")) {
      assertEquals(
          List.of("http.listen must be host:port, not: " + wrong),
          problems("http:\n  listen: \"" + wrong + "\"\n", Map.of()));
    }
    assertEquals(
        "[::1]:8080", read("http:\n  listen: \"[::1]:8080\"\n", Map.of()).text("http.listen"));
    var brokers = read("kafka:\n  bootstrap-servers: a:1, b:2\n", Map.of());
    assertEquals("a:1, b:2", brokers.text("kafka.bootstrap-servers"));
    assertEquals(
        List.of("kafka.bootstrap-servers must be host:port, not: a:1,,b"),
        problems("kafka:\n  bootstrap-servers: a:1,,b\n", Map.of()));
  }

  @Test
  void anUrlHasASchemeAndAHost() throws Exception {
    for (var wrong : List.of("::", "localhost:4566", "ftp://host", "http:///path", "http://a b")) {
      assertEquals(
          List.of(
              "aws.endpoint-url must be a URL that begins with http:// or https://, not: " + wrong),
          problems("aws:\n  endpoint-url: \"" + wrong + "\"\n", Map.of()));
    }
    assertEquals("", read("aws:\n  endpoint-url: \"\"\n", Map.of()).text("aws.endpoint-url"));
    var registries = read("schema-registry:\n  url: http://a,https://b:2\n", Map.of());
    assertEquals("http://a,https://b:2", registries.text("schema-registry.url"));
  }

  @Test
  void aVariableThatNobodyKnowsIsRefusedWithTheNearestKnownOne() {
    assertEquals(
        List.of(
            "PENSTOCK_HTTP_TOKENS: http.tokens is a map; set it in the file",
            "unknown variable PENSTOCK_HTTP_TOKN; the nearest known one is PENSTOCK_HTTP_TOKEN"),
        problems("", Map.of("PENSTOCK_HTTP_TOKN", "x", "PENSTOCK_HTTP_TOKENS", "y")));
  }

  @Test
  void variablesOfOthersAreLeftAlone() throws Exception {
    var environment =
        Map.of(
            "PENSTOCK_CONFIG", "f",
            "PENSTOCK_LOG", "INFO",
            "PENSTOCK_STREAM_SERVICE_HOST", "10.0.0.1",
            "PENSTOCK_STREAM_SERVICE_PORT_HTTP", "80",
            "PENSTOCK_PORT", "tcp://10.0.0.1:80",
            "PENSTOCK_STREAM_PORT_8080_TCP_ADDR", "10.0.0.1",
            "PENSTOCK_TOKEN_OF_ALICE", "abc");
    var config = read("http:\n  token: env:PENSTOCK_TOKEN_OF_ALICE\n", environment);
    assertEquals("abc", config.text("http.token"));
  }

  @Test
  void aFileOfAnotherShapeIsRefused() {
    assertTrue(refusal("- a\n- b\n").endsWith("must be a map of keys"));
    assertTrue(refusal("just words\n").endsWith("must be a map of keys"));
    assertEquals(
        List.of("http.tokens must be a map"), problems("http:\n  tokens: env:A\n", Map.of()));
    assertEquals(
        List.of("http.listen must be one value"),
        problems("http:\n  listen: [a:1, b:2]\n", Map.of()));
    assertEquals(
        List.of("http.listen must be one value"), problems("http:\n  listen:\n", Map.of()));
    assertEquals(
        List.of("kafka.client.a must be one value"),
        problems("kafka:\n  client:\n    a: {b: c}\n", Map.of()));
  }
}
