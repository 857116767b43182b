package dev.penstock.schemas.avro;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Whether each of two schemas can read what the other wrote. Asked of every released version, this
 * is Confluent's FULL_TRANSITIVE.
 */
public final class Compatibility {
  private Compatibility() {}

  /** What stands in the way, in words; empty if each reads the other. */
  public static List<String> violations(Schema current, Schema released) {
    var violations = new ArrayList<String>();
    check(current, released, "current code cannot read released records", violations);
    check(released, current, "released code cannot read current records", violations);
    return List.copyOf(violations);
  }

  private static void check(Schema reader, Schema writer, String words, List<String> into) {
    var pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (pair.getType() == SchemaCompatibilityType.COMPATIBLE) {
      return;
    }
    for (var found : pair.getResult().getIncompatibilities()) {
      into.add(
          words + ": " + found.getType() + " " + found.getMessage() + " at " + found.getLocation());
    }
  }
}
