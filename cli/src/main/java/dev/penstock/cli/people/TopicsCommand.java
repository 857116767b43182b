package dev.penstock.cli.people;

import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock topics}: the topic catalogue on a broker. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Creates, verifies, lists and exports the topics of the log.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TopicsCommand.Create.class,
      TopicsCommand.Verify.class,
      TopicsCommand.ListAll.class,
      TopicsExport.class
    })
public final class TopicsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    var line = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(line, "what about the topics? Name one of the commands below");
  }

  private static int say(CommonOptions common, String done) {
    common.say(RecordJson.write(Map.of("done", done)), done);
    return ExitCode.DONE.number();
  }

  /** {@code penstock topics create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Creates what is missing, verifies the rest, and registers every schema.")
  static final class Create implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
      var address = LogAddress.of(common.config());
      new TopicSetup(address.connection(), address.catalogue()).create();
      SchemaRegistry.open(address.connection()).registerAll(address.catalogue());
      var words = " topics are there and their schemas are registered";
      return say(common, Topics.all().size() + words);
    }
  }

  /** {@code penstock topics verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Says what is missing or not as it must be, and the command that mends it.")
  static final class Verify implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
      var address = LogAddress.of(common.config());
      new TopicSetup(address.connection(), address.catalogue()).verify();
      return say(common, Topics.all().size() + " topics are as they must be");
    }
  }

  /** {@code penstock topics list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the catalogue: what each topic is for, its key, partitions, settings.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
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
      return 0;
    }
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
