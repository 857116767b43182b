package dev.penstock.cli;

import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.InstanceConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command of people and every role has, and where the command prints. */
public final class CommonOptions {
  /** For people, or for tools. */
  public enum Output {
    TEXT,
    JSON
  }

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "text for people (default), json for tools")
  private Output output = Output.TEXT;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "addresses and credentials (default: the file that PENSTOCK_CONFIG names)")
  private @Nullable Path file;

  public boolean json() {
    return output == Output.JSON;
  }

  public PrintWriter out() {
    return line().getOut();
  }

  public PrintWriter err() {
    return line().getErr();
  }

  /** Prints an answer: the text for people, else the JSON. */
  public void say(Object json, String text) {
    out().println(json() ? json : text);
  }

  private CommandLine line() {
    return Objects.requireNonNull(command).commandLine();
  }

  /**
   * The instance's configuration: the file, then the environment.
   *
   * @throws ConfigRefused naming every problem
   */
  public InstanceConfig config() throws ConfigRefused {
    var environment = System.getenv();
    var path =
        Optional.ofNullable(file)
            .or(() -> Optional.ofNullable(environment.get("PENSTOCK_CONFIG")).map(Path::of));
    return InstanceConfig.read(path, environment);
  }
}
