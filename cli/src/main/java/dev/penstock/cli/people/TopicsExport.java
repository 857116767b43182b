package dev.penstock.cli.people;

import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.cli.replay.HistoryOptions;
import dev.penstock.cli.replay.ProgressLine;
import dev.penstock.edges.log.history.LogFileExport;
import dev.penstock.schemas.json.RecordJson;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code penstock topics export}: the whole log as one file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes every record that the topics hold now into one file, with the schemas to read them:",
      "an Avro object container file of topic, partition, offset, timestamp, key, value.",
      "`penstock replay`, `state` and `audit verify` read it with --from."
    })
final class TopicsExport implements Callable<Integer> {
  private final InstantSource clock;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "the file to write; one that is there is replaced")
  private Path file = Path.of("");

  TopicsExport(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    try (var history = HistoryOptions.open(LogAddress.of(common.config()), common.err())) {
      var progress = new ProgressLine(history, common.err(), clock);
      var records = LogFileExport.write(history, file, progress);
      var words = "%,d records are in %s".formatted(records, file);
      common.say(RecordJson.write(Map.of("done", words)), words);
    }
    return ExitCode.DONE.number();
  }
}
