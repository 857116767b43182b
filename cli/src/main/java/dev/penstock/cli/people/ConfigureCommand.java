package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.schemas.json.RecordChange;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    for (var document : YamlFile.documents(file)) {
      for (var name : document.properties()) {
        if (!MEMBERS.contains(name.getKey())) {
          throw new CommandFailed(
              ExitCode.CONFIGURATION,
              "unknown key "
                  + name.getKey()
                  + "; the nearest known one is "
                  + RecordChange.nearest(name.getKey(), MEMBERS));
        }
      }
      var scope = document.path("scope").asText();
      if (scope.isEmpty() || !document.path("settings").isObject()) {
        throw new CommandFailed(
            ExitCode.CONFIGURATION, file + " needs a scope (account/region) and its settings");
      }
      var body = JsonNodeFactory.instance.objectNode().put("scope", scope);
      body.set("settings", document.get("settings"));
      common.say(client.post("/v1/settings", body), "configured " + scope);
    }
    return 0;
  }
}
