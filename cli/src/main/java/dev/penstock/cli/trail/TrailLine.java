package dev.penstock.cli.trail;

import dev.penstock.schemas.event.Call;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decision of the audit trail with what became of it: when and where, {@code who} asked for it,
 * {@code what} was decided about which {@code subject}, {@code why}, and the result. {@code
 * executor} and {@code attempts} say which process tried it how often. The member names are what
 * {@code penstock audit -o json} prints.
 */
public record TrailLine(
    Instant time,
    String scope,
    long seq,
    String about,
    String who,
    String what,
    String subject,
    String why,
    String commandId,
    Optional<String> executor,
    int attempts,
    Optional<String> result,
    Optional<String> message,
    Optional<Instant> settled,
    List<Call> calls) {

  /** Something that is whole when it is recorded: nobody executes it. */
  static TrailLine said(
      Where where, String about, String who, String what, String subject, String why) {
    return new TrailLine(
        where.time(),
        where.scope(),
        where.seq(),
        about,
        who,
        what,
        subject,
        why,
        "",
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A command, not tried yet. */
  static TrailLine decided(
      Where where, String commandId, String who, String what, String subject, String why) {
    return new TrailLine(
        where.time(),
        where.scope(),
        where.seq(),
        "command",
        who,
        what,
        subject,
        why,
        commandId,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Where in the log something was decided. */
  record Where(Instant time, String scope, long seq) {}

  TrailLine tried(String tenure, int attempt) {
    return new TrailLine(
        time,
        scope,
        seq,
        about,
        who,
        what,
        subject,
        why,
        commandId,
        Optional.of(tenure),
        attempt,
        result,
        message,
        settled,
        calls);
  }

  TrailLine settled(String outcome, String said, Instant when, List<Call> made) {
    return new TrailLine(
        time,
        scope,
        seq,
        about,
        who,
        what,
        subject,
        why,
        commandId,
        executor,
        attempts,
        Optional.of(outcome),
        said.isEmpty() ? Optional.empty() : Optional.of(said),
        Optional.of(when),
        List.copyOf(made));
  }
}
