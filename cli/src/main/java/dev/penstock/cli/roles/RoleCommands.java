package dev.penstock.cli.roles;

import dev.penstock.cli.ConfigOptions;
import dev.penstock.cli.ScopeOption;
import dev.penstock.schemas.key.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that run a role until they are stopped. */
public final class RoleCommands {
  private static final String FACE =
      "Serves /healthz, /readyz and /metrics on http.listen; stops in order on SIGTERM.";

  private RoleCommands() {}

  /** A role tells what it does; PENSTOCK_LOG of the environment sets another level. */
  private static void speak() {
    if (System.getenv("PENSTOCK_LOG") == null) {
      System.setProperty("PENSTOCK_LOG", "INFO");
    }
  }

  /** {@code penstock watch}. */
  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = "Runs watchers: what the world says, into the log.",
      synopsisSubcommandLabel = "COMMAND",
      subcommands = WatchKubernetes.class)
  public static final class Watch {}

  /** {@code penstock watch kubernetes}. */
  @Command(
      name = "kubernetes",
      mixinStandardHelpOptions = true,
      description = {"Watches the registered clusters, shared with other instances.", FACE})
  static final class WatchKubernetes implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws Exception {
      speak();
      return WatchKubernetesMain.run(options.config());
    }
  }

  /** {@code penstock stream}. */
  @Command(
      name = "stream",
      mixinStandardHelpOptions = true,
      description = {
        "Runs the reconciler: facts in, decisions out. Serves the API of people under /v1.",
        FACE
      })
  public static final class Stream implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(
        names = "--take-back",
        paramLabel = "ACCOUNT/REGION",
        converter = ScopeOption.class,
        description = {
          "take this scope back from a newer release, which must not run any more: what this one"
              + " alone would remove is held; may be given several times, for one start"
        })
    private List<Scope> takenBack = List.of();

    @Override
    public Integer call() throws Exception {
      speak();
      return StreamMain.run(options.config(), Set.copyOf(takenBack));
    }
  }

  /** {@code penstock apply}. */
  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = {"Runs the appliers: decisions into AWS and into the clusters.", FACE})
  public static final class Apply implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(
        names = "--only",
        paramLabel = "aws|kubernetes",
        description = "apply to this part of the world alone")
    private ApplyMain.@Nullable Only only;

    @Override
    public Integer call() throws Exception {
      speak();
      return ApplyMain.run(options.config(), Optional.ofNullable(only));
    }
  }
}
