package dev.penstock.cli.trail;

import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.key.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decision of the audit trail with what became of it: when and where, {@code who} asked for it,
 * {@code what} was decided about which {@code subject}, {@code why}, and the result. {@code
 * executor} and {@code attempts} say which process tried it how often; {@code reads}, that it only
 * reads. The member names are what {@code penstock audit -o json} prints.
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
    boolean reads,
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
        false,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A command, not tried yet. */
  static TrailLine decided(Where where, Commanded command, String who, String what, String why) {
    return new TrailLine(
        where.time(),
        where.scope(),
        where.seq(),
        "command",
        who,
        what,
        command.subject(),
        why,
        command.id(),
        command.reads(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A command, and the resource or object that it reads or writes. */
  record Commanded(String id, String subject, boolean reads) {
    static Commanded of(String id, CommandKey key) {
      return new Commanded(id, key.resource().toString(), key.lane() == Lane.OBSERVE);
    }

    static Commanded of(String id, ObjectKey object) {
      return new Commanded(id, object.toString(), false);
    }
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
        reads,
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
        reads,
        executor,
        attempts,
        Optional.of(outcome),
        said.isEmpty() ? Optional.empty() : Optional.of(said),
        Optional.of(when),
        List.copyOf(made));
  }
}
