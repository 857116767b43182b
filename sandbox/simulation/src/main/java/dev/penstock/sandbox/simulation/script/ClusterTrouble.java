package dev.penstock.sandbox.simulation.script;

import java.time.Duration;

/** What goes wrong in a cluster, or between it and its watcher. */
public sealed interface ClusterTrouble extends Deed {
  /** The watch log is forgotten: every watch ends with 410. */
  record WatchesExpire(int cluster) implements ClusterTrouble {}

  /** Every watch ends without a word. */
  record WatchesBreak(int cluster) implements ClusterTrouble {}

  /** A kind cannot be listed. */
  record ListRefused(int cluster, String resource, int code, Duration lasts)
      implements ClusterTrouble {}

  /** Some requests are answered so. */
  record RequestsRefused(int cluster, String verb, int code, int times) implements ClusterTrouble {}

  /** Connections end before the answer, some after the effect. */
  record ConnectionsDrop(int cluster, String verb, boolean served, int times)
      implements ClusterTrouble {}

  /** Nobody reaches the API server. */
  record Away(int cluster, Duration lasts) implements ClusterTrouble {}

  /** Another, empty cluster stands at the address. */
  record Swap(int cluster) implements ClusterTrouble {}

  /** A CustomResourceDefinition goes with all its objects; installed again later. */
  record DefinitionRemoved(int cluster, String definition, Duration lasts)
      implements ClusterTrouble {}

  /** Our finalizer is taken off an Ingress. */
  record FinalizerStripped(int cluster, int app) implements ClusterTrouble {}

  /** An Ingress without our finalizer is deleted while nobody watches. */
  record VanishUnseen(int cluster, int app) implements ClusterTrouble {}
}
