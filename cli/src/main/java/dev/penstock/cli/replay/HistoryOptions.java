package dev.penstock.cli.replay;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.ScopeOption;
import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.BrokerHistory;
import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.LogFile;
import dev.penstock.roles.StreamStage;
import dev.penstock.schemas.key.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which log is read, and which of its scopes. */
public final class HistoryOptions {
  private static final String BROKER = "broker";

  @Mixin private CommonOptions common = new CommonOptions();

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
      converter = ScopeOption.class,
      description = "only this scope; may be repeated (default: all)")
  private List<Scope> scopes = new ArrayList<>();

  /** Which configuration is used, and in which form is answered. */
  public CommonOptions common() {
    return common;
  }

  /** Opens it; what it holds from then on is not read. */
  public History open() throws CommandFailed, ConfigRefused, LogFailed {
    if (from.equals(BROKER)) {
      return open(LogAddress.of(common.config()), common.err());
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

  /** The log of a broker, as far as its reconciler has read it; what it has not is said. */
  public static History open(LogAddress address, PrintWriter err) throws LogFailed {
    var group = address.catalogue().prefix() + StreamStage.APPLICATION;
    var history =
        BrokerHistory.open(
            address.connection(), address.catalogue(), group, BrokerHistory.PATIENCE);
    history.unread().forEach(it -> err.println("penstock: " + it.text()));
    err.flush();
    return history;
  }

  SortedSet<Scope> scopes() {
    return new TreeSet<>(scopes);
  }
}
