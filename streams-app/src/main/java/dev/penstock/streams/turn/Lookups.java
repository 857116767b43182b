package dev.penstock.streams.turn;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reverse references: which decisions looked something up, so that a change of it makes them dirty.
 * A reader is {@code kind of dirt > subject}.
 */
public final class Lookups {
  /** What the keys of those begin with that look something up. */
  public static final String READERS = "read-by ";

  private static final int PAGE = 256;
  private static final String OUT = "reads ";
  private static final String SEPARATOR = " > ";

  private Lookups() {}

  public static String object(ObjectKey key) {
    return key.toString();
  }

  public static String resource(ResourceKey key) {
    return "resource " + key;
  }

  /** What the names of all resources of a stack begin with. */
  public static String resources(StackId stack) {
    return "resource " + stack + "|";
  }

  /** Whether anything looks that up. */
  public static boolean isRead(Turn turn, String what) {
    return !turn.scan(Table.REFERENCES, READERS + what + SEPARATOR, 1).isEmpty();
  }

  /** The subjects of that kind that look that up. */
  public static List<String> readers(Turn turn, Dirt.Kind kind, String what) {
    var readers = READERS + what + SEPARATOR + kind + SEPARATOR;
    return turn.scan(Table.REFERENCES, readers).stream()
        .map(entry -> entry.key().substring(readers.length()))
        .toList();
  }

  public static String inventory(String part) {
    return "inventory " + part;
  }

  /** All objects of a kind. */
  public static String list(String cluster, ObjectKind kind) {
    return cluster + "|" + kind.text() + "|*";
  }

  /** The slices of a Service. */
  public static String slices(String cluster, String namespace, String service) {
    return cluster + "|slices|" + namespace + "/" + service;
  }

  /** What the reader looked up last time gives way to what it looked up now. */
  public static void replace(Turn turn, Dirt.Kind kind, String subject, Set<String> read) {
    var reader = kind + SEPARATOR + subject;
    var outward = OUT + reader + SEPARATOR;
    var before = new TreeSet<String>();
    turn.scan(Table.REFERENCES, outward)
        .forEach(e -> before.add(e.key().substring(outward.length())));
    for (var gone : before) {
      if (!read.contains(gone)) {
        turn.delete(Table.REFERENCES, outward + gone);
        turn.delete(Table.REFERENCES, READERS + gone + SEPARATOR + reader);
      }
    }
    for (var added : new TreeSet<>(read)) {
      if (!before.contains(added)) {
        turn.put(Table.REFERENCES, outward + added, new ReferenceRow(reader));
        turn.put(Table.REFERENCES, READERS + added + SEPARATOR + reader, new ReferenceRow(reader));
      }
    }
  }

  /** Marks every reader of {@code what} dirty; if there are many, a page a record. */
  public static void touched(Turn turn, String what, String sentence) {
    var readers = READERS + what + SEPARATOR;
    var first = turn.scan(Table.REFERENCES, readers, PAGE);
    first.forEach(entry -> mark(turn, entry.row(), Reason.of(sentence)));
    if (first.size() == PAGE) {
      Dirt.readers(turn, readers, first.getLast().key(), sentence);
    }
  }

  /** Marks one reader dirty. */
  public static void mark(Turn turn, ReferenceRow row, Reason reason) {
    var reader = row.from();
    var cut = reader.indexOf(SEPARATOR);
    var kind = Dirt.Kind.valueOf(reader.substring(0, cut));
    Dirt.mark(turn, kind, reader.substring(cut + SEPARATOR.length()), reason);
  }

  /** Puts an object under a name of an index, or takes it away. */
  public static void index(Turn turn, String name, ObjectKey object, boolean present) {
    var key = "index " + name + SEPARATOR + object;
    if (present) {
      turn.put(Table.REFERENCES, key, new ReferenceRow(object.toString()));
    } else {
      turn.delete(Table.REFERENCES, key);
    }
  }

  /** The objects under a name of an index, in the order of their keys. */
  public static List<ObjectKey> indexed(Turn turn, String name) {
    return turn.scan(Table.REFERENCES, "index " + name + SEPARATOR).stream()
        .map(e -> ObjectKey.parse(e.row().from()))
        .toList();
  }
}
