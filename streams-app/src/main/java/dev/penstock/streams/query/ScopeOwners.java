package dev.penstock.streams.query;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.key.Scope;
import java.util.SortedMap;

/** Which instance of stream holds which scope. */
@FunctionalInterface
public interface ScopeOwners {
  /** Every registered scope, with whoever holds it now. */
  SortedMap<Scope, Owner> now() throws LogFailed;

  /** Where the tables of a scope are. */
  sealed interface Owner {}

  /** This instance. */
  record Here() implements Owner {}

  /** The instance that answers at {@code host:port}. */
  record There(String address) implements Owner {}

  /** Nobody: the tables move from one instance to another, or are being restored. */
  record Moving() implements Owner {}
}
