package dev.penstock.schemas.settings;

import dev.penstock.schemas.key.Scope;

/** The values of penstock.registry (compacted): which scopes and clusters there are. */
public sealed interface RegistryEntry {
  /** A scope and the partition that owns it, written once. */
  record ScopeEntry(Scope scope, int partition) implements RegistryEntry {}

  record ClusterEntry(ClusterRegistration registration, ClusterMode mode)
      implements RegistryEntry {}

  /**
   * What the log holds of a cluster is not enough: its watcher shall begin a new tenure. {@code
   * seq} is the record of the cluster's home scope that showed it; any other value than the one
   * that a watcher began with is a new wish.
   */
  record SnapshotWanted(String cluster, long seq) implements RegistryEntry {}
}
