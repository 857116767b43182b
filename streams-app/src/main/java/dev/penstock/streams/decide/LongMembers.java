package dev.penstock.streams.decide;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Invalid;
import dev.penstock.schemas.intent.MemberIntent.Leaving;
import dev.penstock.schemas.intent.MemberIntent.MemberState;
import dev.penstock.schemas.intent.MemberIntent.Valid;
import dev.penstock.schemas.intent.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A member whose intent is too long for a row is refused and keeps what was good last; a row that
 * the log does not take would stop its scope.
 */
final class LongMembers {
  /** Half of what a row may have, which also holds what was good last. */
  static final int MOST_KIBIBYTES = 128;

  private static final RecordCodec<MemberIntent> CODEC = RecordCodec.of(MemberIntent.class);

  private LongMembers() {}

  /** The intent itself, or that it is refused for its length. */
  static MemberIntent bounded(MemberIntent intent) {
    var bytes = CODEC.encode(intent).length;
    return bytes <= MOST_KIBIBYTES * 1024
        ? intent
        : intent.withState(refused(intent.state(), bytes / 1024));
  }

  private static MemberState refused(MemberState state, int kibibytes) {
    return switch (state) {
      case Valid _, Invalid _ -> new Invalid(List.of(problem(kibibytes)), Optional.empty());
      case Leaving _ -> state;
    };
  }

  private static Problem problem(int kibibytes) {
    return new Problem(
        "TooLarge",
        "with the conditions and actions of each path its rules take %d KiB, at most %d KiB are kept: "
                .formatted(kibibytes, MOST_KIBIBYTES)
            + "split it into several Ingresses of one group.name, or shorten its annotations");
  }
}
