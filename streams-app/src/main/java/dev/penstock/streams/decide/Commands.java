package dev.penstock.streams.decide;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.OpenRow;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * The open commands of a scope: at most one for each resource's lane, and below the urgency
 * "deregister" at most 64 (design §6). One that was tried is not replaced, its answer comes first;
 * but a newer one of targets replaces one that the applier tries again and again.
 */
final class Commands {
  private static final int MAX_OPEN = 64;

  /** A stack that waits is decided anew for so much room, not for each command that ends. */
  private static final int ROOM = 8;

  /** Reads that nobody waits for take no more of the 64: the sweep never stands before a write. */
  private static final int MAX_LEISURELY = 8;

  private static final String WAITING = "waiting ";

  /** Where a stack waits, under itself. */
  private static final String WAITS = "waits-at ";

  private static final String WAITING_READ = "waiting-read ";

  private Commands() {}

  /** What became of the wish to command something. */
  sealed interface Wish {
    /** A command for just this is open, newly or already. */
    record Open(String commandId) implements Wish {}

    /** Another command of the lane was tried and has no answer yet. */
    record Busy(String commandId) implements Wish {}

    /** Too many commands are open. */
    record Full() implements Wish {}
  }

  static Optional<OpenRow> open(Turn turn, CommandKey key) {
    return turn.get(Table.OPEN, key.toString());
  }

  static Wish ask(
      Turn turn,
      CommandKey key,
      Urgency urgency,
      Cause cause,
      String verdict,
      Operation operation) {
    var open = open(turn, key);
    if (open.isPresent()) {
      var command = open.get().command();
      if (command.operation().equals(operation) && !hastens(open.get(), urgency)) {
        return new Wish.Open(command.id());
      }
      if (awaited(open.get())) {
        return new Wish.Busy(command.id());
      }
      superseded(turn, command);
    } else if (full(turn, key, urgency)) {
      return new Wish.Full();
    }
    var id = turn.nextCommandId(key.resource(), key.lane());
    var command =
        new Command(id, turn.scope(), key, turn.seq(), turn.now(), urgency, cause, operation);
    // A call of the command that is replaced may be on its way: an applier that dies then leaves
    // it.
    var attemptedBy = open.map(OpenRow::attemptedBy).orElse("");
    var row = new OpenRow(command, attemptedBy, 0, turn.now(), Optional.empty());
    turn.put(Table.OPEN, key.toString(), row);
    turn.command(command);
    turn.audit(new AuditEntry.Decided(id, key, verdict, cause, operation));
    return new Wish.Open(id);
  }

  /** Whether the open command waits less urgently than it is wanted now. */
  private static boolean hastens(OpenRow open, Urgency urgency) {
    return open.attempt() == 0
        && open.horizon().isEmpty()
        && urgency.compareTo(open.command().urgency()) < 0;
  }

  /** Whether the lane's open command was tried and its answer comes first. */
  static boolean awaited(Turn turn, CommandKey key) {
    return open(turn, key).filter(Commands::awaited).isPresent();
  }

  /**
   * An applier that tries a command again gives it up for a newer one, unless a call may have had
   * its effect; then it answers it first, and what it says of each target counts.
   */
  private static boolean awaited(OpenRow row) {
    return switch (row.command().key().lane()) {
      case REGISTER, DEREGISTER ->
          row.attempt() == 1 || row.attempt() > 1 && row.attemptedBy().isEmpty();
      case WRITE, OBSERVE -> row.attempt() > 0;
    };
  }

  /** The lane's open command, if nobody announced an attempt yet. */
  static Optional<Command> untried(Turn turn, CommandKey key) {
    return open(turn, key).filter(row -> row.attempt() == 0).map(OpenRow::command);
  }

  /** Takes back a command that nobody tried and that nobody wants any more. */
  static void withdraw(Turn turn, CommandKey key) {
    open(turn, key)
        .filter(row -> row.attempt() == 0 && row.attemptedBy().isEmpty())
        .ifPresent(row -> {
          turn.delete(Table.OPEN, key.toString());
          turn.settled(key);
          superseded(turn, row.command());
        });
  }

  /** Every decided command has an end in the audit, also one that nobody tried. */
  private static void superseded(Turn turn, Command command) {
    turn.audit(
        new AuditEntry.Settled(command.id(), command.key(), new Result.Superseded(), List.of()));
  }

  private static boolean full(Turn turn, CommandKey key, Urgency urgency) {
    if (urgency.compareTo(Urgency.DEREGISTER) <= 0) {
      return false;
    }
    var open = openBelow(turn);
    return open.size() >= MAX_OPEN || leisurely(key, urgency) && leisurely(open) >= MAX_LEISURELY;
  }

  private static List<Command> openBelow(Turn turn) {
    return turn.scan(Table.OPEN, "").stream()
        .map(entry -> entry.row().command())
        .filter(command -> command.urgency().compareTo(Urgency.DEREGISTER) > 0)
        .toList();
  }

  private static long leisurely(List<Command> open) {
    return open.stream().filter(command -> leisurely(command.key(), command.urgency())).count();
  }

  /** Whether it is a read that nobody waits for: the sweep, or a steady look. */
  static boolean leisurely(CommandKey key, Urgency urgency) {
    return key.lane() == Lane.OBSERVE && urgency.compareTo(Urgency.TAGS) >= 0;
  }

  /** The read that nobody waits for is asked when there is room for it. */
  static void await(Turn turn, CommandKey read) {
    turn.put(Table.REFERENCES, WAITING_READ + read, new ReferenceRow(read.toString()));
  }

  /** The reads that waited and have room now; they wait no longer. */
  static List<String> readsWithRoom(Turn turn) {
    var woken = waitingWithRoom(turn);
    woken.forEach(entry -> turn.delete(Table.REFERENCES, entry.key()));
    return woken.stream().map(entry -> entry.row().from()).toList();
  }

  /** Whether reads wait although there is room: those before them had nothing to ask. */
  static boolean readsRemain(Turn turn) {
    return !waitingWithRoom(turn).isEmpty();
  }

  private static List<Entry<ReferenceRow>> waitingWithRoom(Turn turn) {
    var waiting = turn.scan(Table.REFERENCES, WAITING_READ, MAX_LEISURELY);
    if (waiting.isEmpty()) {
      return List.of();
    }
    var open = openBelow(turn);
    var room = Math.min(MAX_LEISURELY - leisurely(open), MAX_OPEN - open.size());
    return waiting.stream().limit(Math.max(0, room)).toList();
  }

  /** The stack wants to command more than may be open; it is decided again when there is room. */
  static void await(Turn turn, StackId stack) {
    if (turn.get(Table.REFERENCES, WAITS + stack).isEmpty()) {
      var key = WAITING + String.format("%019d", turn.seq()) + " > " + stack;
      turn.put(Table.REFERENCES, key, new ReferenceRow(stack.toString()));
      turn.put(Table.REFERENCES, WAITS + stack, new ReferenceRow(key));
    }
  }

  /** Marks the stack that waited longest, if there is room again; false: nothing is marked. */
  static boolean wake(Turn turn) {
    if (!wakes(turn)) {
      return false;
    }
    var first = turn.scan(Table.REFERENCES, WAITING, 1).getFirst();
    turn.delete(Table.REFERENCES, first.key());
    turn.delete(Table.REFERENCES, WAITS + first.row().from());
    Dirt.stack(turn, StackId.parse(first.row().from()), "there is room for its commands");
    return true;
  }

  /** Whether a stack waits and there is room for its commands. */
  static boolean wakes(Turn turn) {
    return !turn.scan(Table.REFERENCES, WAITING, 1).isEmpty()
        && openBelow(turn).size() <= MAX_OPEN - ROOM;
  }
}
