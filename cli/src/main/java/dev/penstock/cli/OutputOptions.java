package dev.penstock.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** In which form a command answers, and where it prints. */
public final class OutputOptions {
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

  public boolean json() {
    return output == Output.JSON;
  }

  public PrintWriter out() {
    return line().getOut();
  }

  public PrintWriter err() {
    return line().getErr();
  }

  /** Where a command tells how far it is: not between the lines that a tool reads. */
  public PrintWriter progress() {
    return json() ? err() : out();
  }

  /** Prints an answer: the text for people, else the JSON. */
  public void say(Object json, String text) {
    out().println(json() ? json : text);
  }

  private CommandLine line() {
    return Objects.requireNonNull(command).commandLine();
  }
}
