package dev.penstock.streams.turn;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Optional;

/** The rows of members: one for each stack that an object belongs to or is leaving. */
public final class Intents {
  /** Stands between the member and the stack in a row's key. */
  public static final String IN = " in ";

  private Intents() {}

  /** All rows of one object. */
  public static List<MemberRow> of(Turn turn, ObjectKey member) {
    return turn.scan(Table.INTENTS, member + IN).stream().map(e -> e.row()).toList();
  }

  public static Optional<MemberRow> find(Turn turn, ObjectKey member, StackId stack) {
    return turn.get(Table.INTENTS, member + IN + stack);
  }

  /** The members of a stack in the order of their keys. */
  public static List<MemberRow> members(Turn turn, StackId stack) {
    return Lookups.indexed(turn, "members " + stack).stream()
        .flatMap(member -> find(turn, member, stack).stream())
        .toList();
  }

  public static void put(Turn turn, MemberRow row) {
    var stack = row.current().stack();
    turn.put(Table.INTENTS, row.current().member() + IN + stack, row);
    Lookups.index(turn, "members " + stack, row.current().member(), true);
  }

  public static void delete(Turn turn, ObjectKey member, StackId stack) {
    turn.delete(Table.INTENTS, member + IN + stack);
    Lookups.index(turn, "members " + stack, member, false);
  }
}
