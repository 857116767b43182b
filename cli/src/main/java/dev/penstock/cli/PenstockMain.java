package dev.penstock.cli;

import dev.penstock.cli.people.DecideCommands;
import dev.penstock.cli.people.ExplainCommand;
import dev.penstock.cli.people.HoldsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code penstock} command. Exit codes stand in {@link ExitCode}. */
@Command(
    name = "penstock",
    mixinStandardHelpOptions = true,
    versionProvider = PenstockMain.Version.class,
    description = {
      "Keeps load balancers, target groups and DNS records equal to what Kubernetes clusters ask"
          + " for,",
      "from a log."
    },
    subcommands = {
      DemoCommand.class,
      SandboxCommand.class,
      ExplainCommand.class,
      HoldsCommand.class,
      DecideCommands.Approve.class,
      DecideCommands.Pause.class,
      DecideCommands.Resume.class,
      DecideCommands.Drop.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done; 1 the answer is no, or a check failed; 2 wrong usage;",
      "3 wrong configuration or a missing prerequisite; 4 something could not be reached."
    })
public final class PenstockMain implements Runnable {
  @CommandLine.Spec CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  private PenstockMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command, for tests and for documentation. */
  static CommandLine commandLine() {
    return new CommandLine(new PenstockMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(ExitCode::explain)
        .setExitCodeExceptionMapper(_ -> ExitCode.FAILED.number());
  }

  @Override
  public void run() {
    commandLine().usage(System.out);
  }

  /** The version of the jar that runs. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = PenstockMain.class.getPackage().getImplementationVersion();
      return new String[] {"penstock " + (version == null ? "(not packaged)" : version)};
    }
  }
}
