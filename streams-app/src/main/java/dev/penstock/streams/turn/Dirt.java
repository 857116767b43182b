package dev.penstock.streams.turn;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.streams.tables.Table;
import java.util.List;

/**
 * What must be decided again, first come first served. A subject stands in the table twice: under
 * the seq that made it dirty, and under itself so that it is not queued again.
 */
public final class Dirt {
  /** What kinds of subjects there are, in the order in which they are planned. */
  public enum Kind {
    TARGETS("targets"),
    MEMBER("member"),
    STACK("stack"),
    /** A host name, in a global scope. */
    NAME("name");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** What the keys of rows begin with that say how far pages were marked. */
  public static final String PAGE = "page|";

  private static final String TICK = "tick";

  private Dirt() {}

  /** Whether not everything is marked yet that another version decides anew. */
  public static boolean isOtherCodeUnderway(Turn turn) {
    return turn.scan(Table.DIRTY, PAGE).stream().anyMatch(e -> e.row().otherCode());
  }

  public static void member(Turn turn, ObjectKey member, String sentence) {
    member(turn, member, Reason.of(sentence));
  }

  public static void member(Turn turn, ObjectKey member, Reason reason) {
    mark(turn, Kind.MEMBER, member.toString(), reason);
  }

  public static void stack(Turn turn, StackId stack, String sentence) {
    stack(turn, stack, Reason.of(sentence));
  }

  public static void stack(Turn turn, StackId stack, Reason reason) {
    mark(turn, Kind.STACK, stack.toString(), reason);
  }

  public static void targets(Turn turn, ResourceKey targetGroup, String sentence) {
    targets(turn, targetGroup, Reason.of(sentence));
  }

  public static void targets(Turn turn, ResourceKey targetGroup, Reason reason) {
    mark(turn, Kind.TARGETS, targetGroup.toString(), reason);
  }

  public static void name(Turn turn, String host, String sentence) {
    name(turn, host, Reason.of(sentence));
  }

  public static void name(Turn turn, String host, Reason reason) {
    mark(turn, Kind.NAME, host, reason);
  }

  static void mark(Turn turn, Kind kind, String subject, Reason reason) {
    var self = kind.text + "|of|" + subject;
    var before = turn.get(Table.DIRTY, self);
    if (before.isPresent() && !reason.otherCode()) {
      return;
    }
    var row = reason.row(subject, before.map(DirtyRow::seq).orElse(turn.seq()));
    turn.put(Table.DIRTY, self, row);
    turn.put(Table.DIRTY, place(kind, row), row);
  }

  /** The oldest dirty subjects of a kind. */
  public static List<DirtyRow> oldest(Turn turn, Kind kind, int limit) {
    return turn.scan(Table.DIRTY, kind.text + "|at|", limit).stream().map(e -> e.row()).toList();
  }

  /**
   * Much becomes dirty at once: it is marked a page a record, from what comes after that key. Other
   * code answers for what it had not marked yet when all begins again.
   */
  public static void pages(Turn turn, String what, String after, Reason reason) {
    var first =
        turn.get(Table.DIRTY, PAGE + what)
            .filter(DirtyRow::otherCode)
            .map(Reason::of)
            .orElse(reason);
    turn.put(Table.DIRTY, PAGE + what, first.row("0|" + after, turn.seq()));
  }

  /**
   * Readers are marked in the second of two equal passes; if they are being marked already, that
   * goes on as the first one, so that what changes again and again does not begin for ever.
   */
  static void readers(Turn turn, String what, String after, String sentence) {
    var running = turn.get(Table.DIRTY, PAGE + what).map(DirtyRow::subject);
    var subject =
        running.map(at -> "0" + at.substring(at.indexOf('|'))).orElseGet(() -> "1|" + after);
    turn.put(Table.DIRTY, PAGE + what, Reason.of(sentence).row(subject, turn.seq()));
  }

  public static void clean(Turn turn, Kind kind, DirtyRow row) {
    turn.delete(Table.DIRTY, kind.text + "|of|" + row.subject());
    turn.delete(Table.DIRTY, place(kind, row));
  }

  public static boolean remains(Turn turn) {
    for (var kind : Kind.values()) {
      if (!oldest(turn, kind, 1).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Notes that a Tick is on its way for what remains; false: one already is. */
  public static boolean awaitTick(Turn turn) {
    if (turn.get(Table.DIRTY, TICK).isPresent()) {
      return false;
    }
    turn.put(Table.DIRTY, TICK, Reason.of("more work remains").row(TICK, turn.seq()));
    return true;
  }

  public static void tickRead(Turn turn) {
    turn.delete(Table.DIRTY, TICK);
  }

  private static String place(Kind kind, DirtyRow row) {
    return kind.text + "|at|" + String.format("%019d", row.seq()) + "|" + row.subject();
  }
}
