package dev.penstock.streams;

import dev.penstock.schemas.key.Scope;
import java.util.Optional;

/** The partition that owns a scope, as its registration says; never computed (design §3). */
@FunctionalInterface
public interface ScopePartitions {
  /** The partition of a scope; empty when the scope is not registered. */
  Optional<Integer> of(Scope scope);

  /** What is wrong with a record of that scope in that partition; empty when it belongs there. */
  default Optional<String> strayed(Scope scope, int partition) {
    var owner = of(scope);
    if (owner.isEmpty()) {
      return Optional.of("scope " + scope + " is not registered");
    }
    return owner.get() == partition
        ? Optional.empty()
        : Optional.of("scope " + scope + " is owned by partition " + owner.get());
  }
}
