package dev.penstock.cli;

import dev.penstock.cli.config.ConfigRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** What the command's exit code says. */
public enum ExitCode {
  DONE(0),
  /** The answer is no, or a check failed. */
  FAILED(1),
  USAGE(2),
  CONFIGURATION(3),
  UNREACHABLE(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** One line for a person and the code that fits; a defect shows its stack. */
  static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
    var err = command.getErr();
    switch (problem) {
      case ConfigRefused refused -> {
        refused.problems().forEach(line -> err.println("penstock: " + line));
        return CONFIGURATION.number;
      }
      case CommandFailed failed -> {
        err.println("penstock: " + failed.getMessage());
        return failed.code().number;
      }
      case IOException _ -> {
        err.println("penstock: " + problem.getMessage());
        return UNREACHABLE.number;
      }
      case UncheckedIOException _ -> {
        err.println("penstock: " + problem.getMessage());
        return UNREACHABLE.number;
      }
      default -> {
        problem.printStackTrace(err);
        return FAILED.number;
      }
    }
  }
}
