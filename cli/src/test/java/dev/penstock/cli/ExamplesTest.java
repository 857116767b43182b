package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RestrictedGroup;
import dev.penstock.schemas.settings.ScopeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The files under deploy/examples are what the commands take. */
final class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("project.root", ".."), "deploy/examples");

  @Test
  void theConfigurationOfAnInstanceHasOnlyKnownKeys() throws Exception {
    var config =
        InstanceConfig.read(
            Optional.of(EXAMPLES.resolve("penstock.yaml")), Map.of("API_TOKEN", "secret"));
    assertEquals("secret", config.text("http.token"));
    assertEquals(Map.of("alice", "secret"), config.map("http.tokens"));
  }

  @Test
  void theSettingsOfAScopeHaveOnlyKnownNames() throws Exception {
    changed(Files.readString(EXAMPLES.resolve("settings.yaml")));
  }

  /** A line that is left out loses its sign and the blank behind it, and nothing else. */
  @Test
  void whatIsLeftOutOfTheSettingsCanBePutIn() throws Exception {
    var text = Files.readString(EXAMPLES.resolve("settings.yaml"));
    var settings = changed(text.replaceAll("(?m)^( *)# (?! *[A-Z])", "$1"));
    assertEquals(
        List.of(
            new RestrictedGroup("platform-*", List.of("platform", "edge-*"), List.of("prod-*"))),
        settings.restrictedGroups());
  }

  private static ScopeSettings changed(String text) throws Exception {
    var document = new YAMLMapper().readValue(text, new TypeReference<Map<String, Object>>() {});
    assertEquals(Set.of("scope", "settings"), document.keySet());
    assertEquals("111122223333/us-west-2", Scope.parse((String) document.get("scope")).toString());
    @SuppressWarnings("unchecked")
    var changes = (Map<String, Object>) document.get("settings");
    var demo = ScopeSettings.demo();
    var settings = RecordChange.apply(demo, changes);
    assertNotEquals(demo, settings);
    return settings;
  }
}
