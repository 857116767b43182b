package dev.penstock.cli.replay;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.BrokerHistory;
import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.LogFile;
import dev.penstock.roles.StreamStage;
import dev.penstock.schemas.key.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Which log is read, and which of its scopes. */
public final class HistoryOptions {
  private static final String BROKER = "broker";

  @Option(
      names = "--from",
      paramLabel = "FILE|broker",
      defaultValue = BROKER,
      description =
          "a log file (`penstock topics export`, `penstock demo --record`), or the broker of the"
              + " configuration (default)")
  private String from = BROKER;

  @Option(
      names = "--scope",
      paramLabel = "ACCOUNT/REGION",
      description = "only this scope; may be repeated (default: all)")
  private List<String> scopes = new ArrayList<>();

  /** Opens it; what it holds from then on is not read. */
  public History open(CommonOptions common) throws CommandFailed, ConfigRefused, LogFailed {
    if (from.equals(BROKER)) {
      return open(LogAddress.of(common.config()));
    }
    var path = Path.of(from);
    if (!Files.isRegularFile(path)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--from: there is no file "
              + from
              + "; `penstock topics export FILE` writes one, and without --from the broker is"
              + " read");
    }
    try {
      return LogFile.open(path);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.CONFIGURATION, from + " is no log file: " + e.getMessage());
    }
  }

  /** The log of a broker, once its reconciler has read it. */
  public static History open(LogAddress address) throws LogFailed {
    var group = address.catalogue().prefix() + StreamStage.APPLICATION;
    return BrokerHistory.open(address.connection(), address.catalogue(), group);
  }

  SortedSet<Scope> scopes() throws CommandFailed {
    var parsed = new TreeSet<Scope>();
    for (var text : scopes) {
      try {
        parsed.add(Scope.parse(text));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(ExitCode.USAGE, "--scope: " + e.getMessage());
      }
    }
    return parsed;
  }
}
