package dev.penstock.streams.topology;

import dev.penstock.schemas.key.Scope;

/** The partition that owns a scope, as its registration says; never computed (design §3). */
@FunctionalInterface
public interface ScopePartitions {
  /**
   * The partition of a registered scope.
   *
   * @throws IllegalStateException when the scope is not registered
   */
  int of(Scope scope);
}
