package dev.penstock.edges.log;

import java.util.Optional;
import org.apache.avro.Schema;

/** Schemas by the ids that stand before values. */
@FunctionalInterface
public interface SchemaSource {
  /** The schema with the id; empty if there is none. */
  Optional<Schema> schema(int id) throws LogFailed;
}
