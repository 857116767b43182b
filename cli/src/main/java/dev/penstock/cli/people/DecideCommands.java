package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.cli.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a person decides with one sentence; each becomes a record of the log with the person's name
 * in it.
 */
public final class DecideCommands {
  private DecideCommands() {}

  /** {@code penstock approve}. */
  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Releases what is held.")
  public static final class Approve implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "HOLD", description = "the id that `penstock holds` shows")
    private String hold = "";

    @Override
    public Integer call() throws Exception {
      var body = JsonNodeFactory.instance.objectNode().put("hold", hold);
      return ApiClient.decide(common, "/v1/approve", body, "approved " + hold);
    }
  }

  /** {@code penstock pause}. */
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Stops structure, not targets, gates or status; --all stops everything.")
  public static final class Pause implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "cluster|stack|target-group|name|scope")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME")
    private String name = "";

    @Option(names = "--all", description = "stop targets, gates and status too")
    private boolean all;

    @Override
    public Integer call() throws Exception {
      var body =
          JsonNodeFactory.instance.objectNode().put("kind", kind).put("name", name).put("all", all);
      return ApiClient.decide(common, "/v1/pause", body, "paused " + kind + " " + name);
    }
  }

  /** {@code penstock resume}. */
  @Command(name = "resume", mixinStandardHelpOptions = true, description = "Ends a pause.")
  public static final class Resume implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "cluster|stack|target-group|name|scope")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      var body = JsonNodeFactory.instance.objectNode().put("kind", kind).put("name", name);
      return ApiClient.decide(common, "/v1/resume", body, "resumed " + kind + " " + name);
    }
  }

  /** {@code penstock drop}. */
  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Removes the last good rules of an invalid member at once.")
  public static final class Drop implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "MEMBER", description = "cluster|Ingress|namespace/name")
    private String member = "";

    @Override
    public Integer call() throws Exception {
      var body = JsonNodeFactory.instance.objectNode().put("member", member);
      return ApiClient.decide(common, "/v1/drop", body, "dropped " + member);
    }
  }
}
