package dev.penstock.streams.decide;

import dev.penstock.plan.Redirections;
import dev.penstock.plan.Verdict;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/** A live listener redirects to another one of its stack when that one is there (I6). */
final class Redirects {
  private Redirects() {}

  /** The update of a listener, or what it waits for. */
  static Verdict ordered(Turn turn, StackId stack, Verdict verdict) {
    return verdict instanceof Verdict.Update update
            && update.observed() instanceof LiveListener live
            && update.desired() instanceof ListenerSpec wanted
        ? Redirections.begins(wanted, live.spec())
            .flatMap(port -> leadsTo(turn, stack, port))
            .map(to -> Redirections.ordered(update, to, Knowledge.of(turn, to).presence()))
            .orElse(update)
        : verdict;
  }

  private static Optional<ResourceKey> leadsTo(Turn turn, StackId stack, String port) {
    return turn.scan(Table.DESIRED, stack + "|" + ResourceKind.LISTENER.text() + "|").stream()
        .filter(e -> e.row().wanted())
        .filter(e ->
            e.row().spec() instanceof ListenerSpec listener && Redirections.leadsTo(port, listener))
        .map(Completeness::key)
        .findFirst();
  }
}
