package dev.penstock.cli;

import dev.penstock.cli.bench.BenchCommand;
import dev.penstock.cli.people.ClusterCommand;
import dev.penstock.cli.people.ConfigureCommand;
import dev.penstock.cli.people.DecideCommands;
import dev.penstock.cli.people.ExplainCommand;
import dev.penstock.cli.people.HoldsCommand;
import dev.penstock.cli.people.PlanCommand;
import dev.penstock.cli.people.TopicsCommand;
import dev.penstock.cli.replay.ReplayCommand;
import dev.penstock.cli.replay.StateCommand;
import dev.penstock.cli.roles.RoleCommands;
import dev.penstock.cli.torture.TortureCommand;
import dev.penstock.cli.trail.AuditCommand;
import dev.penstock.cli.trail.TailCommand;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code penstock} command. Exit codes stand in {@link ExitCode}. */
@Command(
    name = "penstock",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps load balancers, target groups and DNS records equal to what Kubernetes clusters ask"
          + " for,",
      "from a log."
    },
    subcommands = {
      DemoCommand.class,
      SandboxCommand.class,
      ExplainCommand.class,
      PlanCommand.class,
      HoldsCommand.class,
      ClusterCommand.class,
      ConfigureCommand.class,
      RoleCommands.Watch.class,
      RoleCommands.Stream.class,
      RoleCommands.Apply.class,
      BenchCommand.class,
      TortureCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "",
    footer = {
      "",
      "Exit codes: 0 done; 1 the answer is no, or a check failed; 2 wrong usage;",
      "3 wrong configuration or a missing prerequisite; 4 something could not be reached."
    })
public final class PenstockMain implements Runnable {
  /** The commands of --help by what a person is about to do. */
  static final Map<String, List<String>> GROUPS = groups();

  @CommandLine.Spec CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  private PenstockMain() {}

  private static Map<String, List<String>> groups() {
    var groups = new LinkedHashMap<String, List<String>>();
    groups.put("Try it", List.of("demo", "sandbox"));
    groups.put("Ask", List.of("explain", "plan", "audit", "tail", "holds", "state", "replay"));
    groups.put("Decide", List.of("approve", "pause", "resume", "drop", "cluster", "configure"));
    groups.put("Run", List.of("watch", "stream", "apply", "topics"));
    groups.put("Measure", List.of("bench", "simulate", "torture", "conformance"));
    groups.put("Learn", List.of("help"));
    return groups;
  }

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one command in this process; answers its exit code. */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The same, with what it answers printed there. */
  public static int execute(PrintWriter out, String... arguments) {
    return commandLine().setOut(out).execute(arguments);
  }

  /** The whole command, for tests and for documentation. */
  static CommandLine commandLine() {
    var clock = Clock.systemUTC();
    var line =
        new CommandLine(new PenstockMain())
            .addSubcommand(TopicsCommand.with(clock))
            .addSubcommand(new AuditCommand(clock))
            .addSubcommand(new TailCommand(clock))
            .addSubcommand(new ReplayCommand(clock))
            .addSubcommand(new StateCommand(clock))
            .addSubcommand(new SimulateCommand(clock))
            .addSubcommand(new ConformanceCommand(clock));
    DecideCommands.all().forEach(command -> line.addSubcommand(command));
    version(line);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, PenstockMain::grouped);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(PenstockMain::run)
        .setExecutionExceptionHandler(ExitCode::explain);
  }

  /** Only the last command runs, so an option before it would be taken and do nothing. */
  private static int run(ParseResult whole) {
    for (var at = whole; at.hasSubcommand(); at = at.subcommand()) {
      var idle = at.matchedOptions().stream().filter(o -> !o.usageHelp() && !o.versionHelp());
      var first = idle.findFirst();
      if (first.isPresent()) {
        throw new ParameterException(
            at.commandSpec().commandLine(),
            "%s does nothing before %s; put it behind, if it has it"
                .formatted(first.get().longestName(), at.subcommand().commandSpec().name()));
      }
    }
    return new CommandLine.RunLast().execute(whole);
  }

  /** Every command says the same version. */
  private static void version(CommandLine line) {
    line.getCommandSpec().versionProvider(new Version());
    line.getSubcommands().values().forEach(PenstockMain::version);
  }

  private static String grouped(Help help) {
    var text = new StringBuilder();
    GROUPS.forEach((title, names) -> {
      text.append("%n%s:%n".formatted(title));
      for (var name : names) {
        text.append("  %-11s %s%n".formatted(name, sentence(help, name)));
      }
    });
    return text.toString();
  }

  /** The first sentence of a command's description. */
  private static String sentence(Help help, String name) {
    var command = Objects.requireNonNull(help.commandSpec().subcommands().get(name));
    var words = String.join(" ", command.getCommandSpec().usageMessage().description());
    var plain = words.formatted().strip();
    var end = plain.indexOf(". ");
    return end < 0 ? plain : plain.substring(0, end + 1);
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
