package dev.penstock.schemas.settings;

import dev.penstock.schemas.key.Scope;

/** The values of penstock.registry (compacted): which scopes and clusters there are. */
public sealed interface RegistryEntry {
  /** A scope and the partition that owns it, written once. */
  record ScopeEntry(Scope scope, int partition) implements RegistryEntry {}

  record ClusterEntry(ClusterRegistration registration, ClusterMode mode)
      implements RegistryEntry {}
}
