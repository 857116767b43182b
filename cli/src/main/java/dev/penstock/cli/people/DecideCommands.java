package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.cli.CommonOptions;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a person decides with one sentence, a command each; it becomes a record of the log with the
 * person's name in it.
 */
public final class DecideCommands {
  private DecideCommands() {}

  /** All of them. */
  public static List<CommandLine> all() {
    return CommandLine.getCommandMethods(DecideCommands.class, null).stream()
        .map(CommandLine::new)
        .toList();
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Releases what is held.")
  static int approve(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "HOLD", description = "the id that `penstock holds` shows")
          String hold)
      throws Exception {
    var body = JsonNodeFactory.instance.objectNode().put("hold", hold);
    return ApiClient.decide(common, "/v1/approve", body, "approved " + hold);
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Stops structure, not targets, gates or status; --all stops everything.")
  static int pause(
      @Mixin CommonOptions common,
      @Mixin PausedPart part,
      @Option(names = "--all", description = "stop targets, gates and status too") boolean all)
      throws Exception {
    return ApiClient.decide(common, "/v1/pause", part.json().put("all", all), "paused " + part);
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, description = "Ends a pause.")
  static int resume(@Mixin CommonOptions common, @Mixin PausedPart part) throws Exception {
    return ApiClient.decide(common, "/v1/resume", part.json(), "resumed " + part);
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Removes the last good rules of an invalid member at once.")
  static int drop(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "MEMBER", description = "cluster|Ingress|namespace/name")
          String member)
      throws Exception {
    var body = JsonNodeFactory.instance.objectNode().put("member", member);
    return ApiClient.decide(common, "/v1/drop", body, "dropped " + member);
  }
}
