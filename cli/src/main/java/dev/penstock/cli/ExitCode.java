package dev.penstock.cli;

import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.streams.StartRefused;
import dev.penstock.streams.replay.NotReplayable;
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
      case StartRefused refused -> {
        err.println("penstock: " + refused.getMessage());
        return CONFIGURATION.number;
      }
      case NotReplayable refused -> {
        err.println("penstock: " + refused.getMessage());
        return CONFIGURATION.number;
      }
      case LogFailed failed -> {
        err.println("penstock: " + failed.getMessage() + remedy(failed.fault()));
        return of(failed.fault()).number;
      }
      case IOException _, UncheckedIOException _ -> {
        err.println("penstock: " + problem.getMessage());
        return UNREACHABLE.number;
      }
      default -> {
        problem.printStackTrace(err);
        return FAILED.number;
      }
    }
  }

  private static ExitCode of(LogFailed.Fault fault) {
    return switch (fault) {
      case UNREACHABLE -> UNREACHABLE;
      case MISCONFIGURED, DENIED, UNKNOWN_SCOPE -> CONFIGURATION;
      case TOO_LARGE, STOPPED -> FAILED;
    };
  }

  /** What to do next. */
  private static String remedy(LogFailed.Fault fault) {
    return switch (fault) {
      case UNREACHABLE ->
          "\n"
              + "Is the log running? `penstock sandbox` starts one; else set"
              + " kafka.bootstrap-servers and schema-registry.url in the file that --config or"
              + " PENSTOCK_CONFIG names.";
      case MISCONFIGURED -> "\n`penstock topics create` makes what is missing.";
      case DENIED -> "\nPut other credentials under kafka.client, or grant what is missing.";
      case UNKNOWN_SCOPE -> "\n`penstock cluster register` registers a scope with its cluster.";
      case TOO_LARGE, STOPPED -> "";
    };
  }
}
