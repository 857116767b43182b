package dev.penstock.sandbox.simulation.run;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.check.Checks;
import dev.penstock.sandbox.simulation.check.Violation;
import dev.penstock.sandbox.simulation.check.Wanted;
import dev.penstock.sandbox.simulation.engine.Observer;
import dev.penstock.sandbox.simulation.run.ScriptResult.Failure;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.Happening;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.streams.turn.Defects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One run of a script: its deeds at their times; then the troubles end and an operator attends to
 * what waits for one, until the world is as it is wanted; then an hour in which nothing may happen.
 */
final class Play {
  /** By then everything must be as it is wanted once nothing goes wrong any more. */
  private static final Duration BOUND = Duration.ofHours(3);

  private static final Duration LOOK = Duration.ofSeconds(20);

  /** What somebody changed by hand is found by the next sweep. */
  private static final Duration REST = Duration.ofMinutes(32);

  private static final Duration QUIET = Duration.ofHours(1);
  private static final int FRAMES = 12;

  private final Script script;
  private final Pipeline pipeline;
  private final PlayedWorld world;
  private final Performer performer;
  private final EndCheck check;
  private final Checks checks;
  private final Instant start;
  private final List<Deed> done = new ArrayList<>();
  private int alarms;

  /** Stops the run. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    private Broken(Failure failure) {
      super(failure.text());
      this.failure = failure;
    }
  }

  Play(Script script) throws LogFailed {
    this.script = script;
    this.pipeline =
        Pipeline.start(script.seed(), script.fleet().built(), script.layout(), Observer.none());
    this.world = new PlayedWorld(pipeline, script.fleet());
    this.performer = new Performer(world);
    this.check = new EndCheck(world);
    this.checks = Checks.of(pipeline);
    this.start = pipeline.now();
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** What occurred so far. */
  Coverage coverage() {
    return Coverage.of(pipeline, script.fleet().scopes(), done, performer.refused());
  }

  /** The first thing that did not hold, if any. */
  Optional<Failure> perform() {
    try {
      tell();
      passTo(start.plus(script.length()).plus(script.tail()));
      performer.calm();
      world.end(Instant.MAX);
      converge();
      pass(REST);
      converge();
      rest();
      return Optional.empty();
    } catch (Broken broken) {
      return Optional.of(broken.failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of(failure("interrupted", "the run was stopped"));
    } catch (RuntimeException | LogFailed | Error defect) {
      return Optional.of(failure("defect", trace(defect)));
    }
  }

  private void tell() throws LogFailed, InterruptedException, Broken {
    for (var happening : script.happenings()) {
      passTo(happening);
      performer.perform(happening.deed());
      done.add(happening.deed());
    }
  }

  private void passTo(Happening happening) throws LogFailed, InterruptedException, Broken {
    passTo(start.plus(happening.at()));
  }

  private void passTo(Instant end) throws LogFailed, InterruptedException, Broken {
    while (pipeline.now().isBefore(end)) {
      var ending = world.nextEnding();
      var next = ending.isBefore(end) ? ending : end;
      pass(Duration.between(pipeline.now(), next));
      world.end(next);
    }
  }

  private void pass(Duration duration) throws LogFailed, InterruptedException, Broken {
    if (duration.isPositive()) {
      pipeline.passUntil(duration, () -> checks.after().isPresent());
    }
    kept(checks.after());
    alarmed();
  }

  private void kept(Optional<Violation> violation) throws Broken {
    if (violation.isPresent()) {
      throw new Broken(failure(violation.get().invariant().name(), violation.get().text()));
    }
  }

  /** A defect that a stage kept to one stack or one command is a failure, too. */
  private void alarmed() throws Broken {
    var audit = pipeline.audit();
    for (var record : audit.subList(alarms, audit.size())) {
      var defect = defect(record.entry());
      if (defect.isPresent()) {
        throw new Broken(failure("defect", defect.get()));
      }
    }
    alarms = audit.size();
  }

  private static Optional<String> defect(AuditEntry entry) {
    return switch (entry) {
      case AuditEntry.Alarm(var subject, var sentence) when Defects.isNamedIn(sentence) ->
          Optional.of(subject + ": " + sentence);
      case AuditEntry.Settled(_, var key, var result, _) when result.isDefect() ->
          Optional.of(key + ": " + result);
      case AuditEntry.KubernetesSettled(_, var object, var result) when result.isDefect() ->
          Optional.of(object + ": " + result);
      default -> Optional.empty();
    };
  }

  private void converge() throws LogFailed, InterruptedException, Broken {
    var end = pipeline.now().plus(BOUND);
    while (performer.attend() || !check.holds() || !Wanted.differences(pipeline).isEmpty()) {
      if (!pipeline.now().isBefore(end)) {
        var differences = new ArrayList<>(check.differences());
        differences.addAll(Wanted.differences(pipeline));
        throw new Broken(failure("converges", String.join("\n", differences)));
      }
      passTo(pipeline.now().plus(LOOK));
    }
  }

  private void rest() throws LogFailed, InterruptedException, Broken {
    checks.quiet(true);
    pass(QUIET);
    kept(checks.atRest());
  }

  private Failure failure(String rule, String text) {
    return new Failure(rule, Duration.between(start, pipeline.now()), text);
  }

  private static String trace(Throwable defect) {
    var text = new StringBuilder();
    for (var at = defect; at != null; at = at.getCause()) {
      text.append(at).append('\n');
      text.append(
          Arrays.stream(at.getStackTrace())
              .limit(FRAMES)
              .map(frame -> "  at " + frame + "\n")
              .collect(Collectors.joining()));
    }
    return text.toString();
  }
}
