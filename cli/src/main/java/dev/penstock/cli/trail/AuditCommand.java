package dev.penstock.cli.trail;

import dev.penstock.cli.ExitCode;
import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.replay.AuditVerify;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Start;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock audit}: who did what, when, why, and with what result. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Shows every decision and what became of it: who, what, when, why, the result,",
      "and each call with AWS's request id. Reads penstock.audit."
    },
    subcommands = AuditVerify.class,
    footer = {
      "",
      "Examples: penstock audit --since 1h",
      "          penstock audit --resource TargetGroup --member ingress/default/nginx-ingress",
      "          penstock audit --cause alice -o json"
    })
public final class AuditCommand implements Callable<Integer> {
  /** A command that was answered within the window was decided at most so long before it. */
  private static final Duration LONGEST_COMMAND = Duration.ofHours(1);

  private final InstantSource clock;
  @Mixin private TrailOptions options = new TrailOptions();

  @Option(
      names = "--cause",
      paramLabel = "TEXT",
      description = "only what was caused by this: a person, an object, or a word of the reason")
  private @Nullable String cause;

  @Option(
      names = "--member",
      paramLabel = "KIND/NAMESPACE/NAME",
      description =
          "only what this object asked for, what its stack is made of, or what was written to it")
  private @Nullable String member;

  @Option(names = "--reads", description = "also what only read")
  private boolean reads;

  public AuditCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    var common = options.common();
    var filter =
        new TrailFilter(
            Optional.of(options.resource()).filter(text -> !text.isEmpty()),
            Optional.ofNullable(cause),
            Optional.ofNullable(member),
            options.since(clock.instant()),
            reads);
    var lines = read(filter).lines(filter);
    for (var line : lines) {
      common.say(RecordJson.write(line), TrailText.of(line));
    }
    if (lines.isEmpty() && !common.json()) {
      common.out().println("Nothing in the audit trail fits.");
    }
    common.out().flush();
    return ExitCode.DONE.number();
  }

  private AuditTrail read(TrailFilter filter) throws ConfigRefused, LogFailed {
    var trail = new AuditTrail();
    var start =
        filter
            .since()
            .<Start>map(time -> new Start.Since(time.minus(LONGEST_COMMAND)))
            .orElseGet(Start.Beginning::new);
    try (var reader = options.open(Topics.AUDIT, AuditRecord.class, start)) {
      reader.toEnd(trail::add);
    }
    return trail;
  }
}
