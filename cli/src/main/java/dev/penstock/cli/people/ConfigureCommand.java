package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.ScopeOption;
import dev.penstock.schemas.json.RecordChange;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code penstock configure}: behaviour settings of a scope, into the log. */
@Command(
    name = "configure",
    mixinStandardHelpOptions = true,
    description = {
      "Changes the behaviour settings of a scope. What the file does not name stays.",
      "The change is a record of the scope's log, with your name in it."
    },
    footer = {
      "",
      "The file is YAML, one document for each scope:",
      "",
      "  scope: 111122223333/us-west-2",
      "  settings:",
      "    sweepIntervalMillis: 600000",
      "    dns:",
      "      txtOwnerId: prod"
    })
public final class ConfigureCommand implements Callable<Integer> {
  private static final List<String> MEMBERS = List.of("scope", "settings");

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "scope and settings, as YAML")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    var client = ApiClient.of(common.config());
    var documents = YamlFile.documents(file);
    for (var document : documents) {
      check(document);
    }
    for (var document : documents) {
      common.say(
          client.post("/v1/settings", document), "configured " + document.path("scope").asText());
    }
    return ExitCode.DONE.number();
  }

  private void check(ObjectNode document) throws CommandFailed {
    for (var name : document.properties()) {
      if (!MEMBERS.contains(name.getKey())) {
        throw YamlFile.refused(
            file,
            "unknown key %s; the nearest known one is %s"
                .formatted(name.getKey(), RecordChange.nearest(name.getKey(), MEMBERS)));
      }
    }
    try {
      new ScopeOption().convert(document.path("scope").asText());
    } catch (TypeConversionException e) {
      throw YamlFile.refused(file, String.valueOf(e.getMessage()));
    }
    if (!document.path("settings").isObject()) {
      throw YamlFile.refused(
          file, "the settings of " + document.path("scope").asText() + " are missing");
    }
  }
}
