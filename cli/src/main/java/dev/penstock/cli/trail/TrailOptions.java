package dev.penstock.cli.trail;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Start;
import dev.penstock.schemas.topic.Topic;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is told of a topic of what happened: from when on, and of which resources. */
final class TrailOptions {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--since",
      paramLabel = "TIME|DURATION",
      description =
          "begin there: 15m, 2h, 7d ago, a date, or an ISO 8601 time (default: with all that is"
              + " kept; tail: now)")
  private @Nullable String since;

  @Option(
      names = "--resource",
      paramLabel = "TEXT",
      description = "only what concerns resources or objects whose key contains this")
  private String resource = "";

  CommonOptions common() {
    return common;
  }

  Optional<Instant> since(Instant now) throws CommandFailed {
    return since == null ? Optional.empty() : Optional.of(Moment.parse(since, now));
  }

  String resource() {
    return resource;
  }

  /** Reads the topic from there on. */
  <T> TrailReader<T> open(Topic topic, Class<T> type, Start start) throws ConfigRefused, LogFailed {
    return TrailReader.open(LogAddress.of(common.config()), topic, type, start, common.err());
  }
}
