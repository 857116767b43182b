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

  /**
   * The sentence of what is decided anew by another version of the deciding code, which follows.
   */
  private static final String OTHER_CODE = "decisions are now made by version ";

  /** What the keys of rows begin with that say how far pages were marked. */
  public static final String PAGE = "page|";

  private static final String TICK = "tick";

  private Dirt() {}

  /** Why something is decided anew by another version of the deciding code. */
  public static String otherCode(String version) {
    return OTHER_CODE + version;
  }

  /** Whether other code than before answers for what is decided for this reason. */
  public static boolean isOtherCode(String sentence) {
    return sentence.startsWith(OTHER_CODE);
  }

  /** Whether not everything is marked yet that another version decides anew. */
  public static boolean isOtherCodeUnderway(Turn turn) {
    return turn.scan(Table.DIRTY, PAGE).stream().anyMatch(e -> isOtherCode(e.row().sentence()));
  }

  public static void member(Turn turn, ObjectKey member, String sentence) {
    mark(turn, Kind.MEMBER, member.toString(), sentence);
  }

  public static void stack(Turn turn, StackId stack, String sentence) {
    mark(turn, Kind.STACK, stack.toString(), sentence);
  }

  public static void targets(Turn turn, ResourceKey targetGroup, String sentence) {
    mark(turn, Kind.TARGETS, targetGroup.toString(), sentence);
  }

  public static void name(Turn turn, String host, String sentence) {
    mark(turn, Kind.NAME, host, sentence);
  }

  public static void mark(Turn turn, Kind kind, String subject, String sentence) {
    var self = kind.text + "|of|" + subject;
    var before = turn.get(Table.DIRTY, self);
    if (before.isPresent() && !isOtherCode(sentence)) {
      return;
    }
    // What other code decides is told from what people ask for by this sentence alone.
    var row = new DirtyRow(subject, before.map(DirtyRow::seq).orElse(turn.seq()), sentence);
    turn.put(Table.DIRTY, self, row);
    turn.put(Table.DIRTY, place(kind, row), row);
  }

  /** The oldest dirty subjects of a kind. */
  public static List<DirtyRow> oldest(Turn turn, Kind kind, int limit) {
    return turn.scan(Table.DIRTY, kind.text + "|at|", limit).stream().map(e -> e.row()).toList();
  }

  /** Much becomes dirty at once: it is marked a page a record, from what comes after that key. */
  public static void pages(Turn turn, String what, String after, String sentence) {
    turn.put(Table.DIRTY, PAGE + what, new DirtyRow("0|" + after, turn.seq(), sentence));
  }

  /**
   * Readers are marked in the second of two equal passes; if they are being marked already, that
   * goes on as the first one, so that what changes again and again does not begin for ever.
   */
  static void readers(Turn turn, String what, String after, String sentence) {
    var running = turn.get(Table.DIRTY, PAGE + what).map(DirtyRow::subject);
    var subject =
        running.map(at -> "0" + at.substring(at.indexOf('|'))).orElseGet(() -> "1|" + after);
    turn.put(Table.DIRTY, PAGE + what, new DirtyRow(subject, turn.seq(), sentence));
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
    turn.put(Table.DIRTY, TICK, new DirtyRow(TICK, turn.seq(), "more work remains"));
    return true;
  }

  public static void tickRead(Turn turn) {
    turn.delete(Table.DIRTY, TICK);
  }

  private static String place(Kind kind, DirtyRow row) {
    return kind.text + "|at|" + String.format("%019d", row.seq()) + "|" + row.subject();
  }
}
