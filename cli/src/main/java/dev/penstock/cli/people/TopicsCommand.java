package dev.penstock.cli.people;

import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code penstock topics}: the topic catalogue on a broker. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Creates, verifies, lists and exports the topics of the log.",
    synopsisSubcommandLabel = "COMMAND")
public final class TopicsCommand {
  private TopicsCommand() {}

  /** The command with everything below it. */
  public static CommandLine with(InstantSource clock) {
    return new CommandLine(new TopicsCommand()).addSubcommand(new TopicsExport(clock));
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Creates what is missing, verifies the rest, and registers every schema.")
  static int create(@Mixin CommonOptions common) throws Exception {
    var address = LogAddress.of(common.config());
    new TopicSetup(address.connection(), address.catalogue()).create();
    SchemaRegistry.open(address.connection()).registerAll(address.catalogue());
    return say(common, "topics are there and their schemas are registered");
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Says what is missing or not as it must be, and the command that mends it.")
  static int verify(@Mixin CommonOptions common) throws Exception {
    var address = LogAddress.of(common.config());
    new TopicSetup(address.connection(), address.catalogue()).verify();
    return say(common, "topics are as they must be");
  }

  private static int say(CommonOptions common, String words) {
    var done = Topics.all().size() + " " + words;
    common.say(RecordJson.write(Map.of("done", done)), done);
    return ExitCode.DONE.number();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the catalogue: what each topic is for, its key, partitions, settings.")
  static int list(@Mixin CommonOptions common) throws Exception {
    var catalogue = LogAddress.of(common.config()).catalogue();
    for (var topic : Topics.all()) {
      var row =
          new Row(
              catalogue.name(topic),
              topic.keyForm(),
              topic.value().getSimpleName(),
              catalogue.partitions(topic),
              catalogue.settings(topic),
              topic.sentence());
      common.say(RecordJson.write(row), row.text());
    }
    return ExitCode.DONE.number();
  }

  record Row(
      String topic,
      String key,
      String value,
      int partitions,
      Map<String, String> settings,
      String sentence) {
    String text() {
      return "%s  (%d)%n    %s%n    key %s%n    value %s, %s"
          .formatted(topic, partitions, sentence, key, value, settings);
    }
  }
}
