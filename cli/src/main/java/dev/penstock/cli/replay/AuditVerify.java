package dev.penstock.cli.replay;

import dev.penstock.cli.ExitCode;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.streams.replay.ChainReport;
import dev.penstock.streams.replay.ChainReport.Beginning;
import dev.penstock.streams.replay.ChainVerifier;
import dev.penstock.streams.replay.KnownHead;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock audit verify}: is the audit trail what was written? */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Walks the hash chain of each scope's audit trail. Finds every record that was altered,",
      "dropped or moved, and a tail that was cut off before a head that is known: one that was",
      "kept elsewhere (--keep-head, --head), or that of a checkpoint. Exit code 1: something is",
      "wrong. A trail that was written anew as a whole is found by a kept head, or by replay."
    },
    footer = {
      "",
      "Examples: penstock audit verify --keep-head heads-monday.txt",
      "          penstock audit verify --head heads-monday.txt"
    })
public final class AuditVerify implements Callable<Integer> {
  @Mixin private HistoryOptions log = new HistoryOptions();

  @Option(
      names = "--head",
      paramLabel = "FILE|HASH",
      description = "heads that --keep-head wrote, or the hash of one scope's")
  private @Nullable String head;

  @Option(
      names = "--keep-head",
      paramLabel = "FILE",
      description = "write the heads of intact chains to this file, to be kept elsewhere")
  private @Nullable Path keep;

  record Answer(boolean intact, List<ChainReport> scopes) {}

  @Override
  public Integer call() throws Exception {
    var scopes = log.scopes();
    var heads = head == null ? List.<KnownHead>of() : KeptHeads.read(head, scopes);
    var common = log.common();
    try (var history = log.open()) {
      var chains = new ChainVerifier(history).check(scopes, heads);
      var intact = chains.stream().allMatch(ChainReport::intact);
      common.say(RecordJson.write(new Answer(intact, chains)), text(chains));
      common.out().flush();
      if (keep != null && intact) {
        KeptHeads.write(keep, chains);
      }
      return (intact ? ExitCode.DONE : ExitCode.FAILED).number();
    }
  }

  private static String text(List<ChainReport> chains) {
    return "%s%n%d of %d scopes intact"
        .formatted(
            chains.stream().map(AuditVerify::text).collect(Collectors.joining("\n")),
            chains.stream().filter(ChainReport::intact).count(),
            chains.size());
  }

  private static String text(ChainReport chain) {
    var verdict = !chain.intact() ? "NOT INTACT" : chain.records() == 0 ? "empty" : "intact";
    var faults =
        chain.faults().stream()
            .map(it ->
                "%n    %s record %d/%d: %s"
                    .formatted(it.kind(), it.seq(), it.ordinal(), it.sentence()))
            .collect(Collectors.joining());
    var more = chain.faultCount() - chain.faults().size();
    return "%s  %s%n    %s%s%s"
        .formatted(
            chain.scope(),
            verdict,
            kept(chain),
            faults,
            more > 0 ? "%n    and %,d more".formatted(more) : "");
  }

  private static String kept(ChainReport chain) {
    return chain.beginning() == Beginning.NONE
        ? beginning(chain)
        : "%,d audit records, of records %d to %d; %s%n    head %s; known heads compared: %d"
            .formatted(
                chain.records(),
                chain.firstSeq(),
                chain.lastSeq(),
                beginning(chain),
                chain.head(),
                chain.knownHeads());
  }

  private static String beginning(ChainReport chain) {
    return switch (chain.beginning()) {
      case NONE ->
          "no audit record that can be read is kept"
              + (chain.intact() ? ", and nothing shows that there was one" : "");
      case COMPLETE -> "complete from the scope's first one";
      case PROVEN -> "earlier ones are no longer kept; the first one continues a known head";
      case UNPROVEN ->
          "earlier ones are no longer kept, and nothing proves what stood before the first one";
    };
  }
}
