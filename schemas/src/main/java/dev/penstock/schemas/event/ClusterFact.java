package dev.penstock.schemas.event;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import java.util.Map;
import java.util.Optional;

/** What a Kubernetes watcher or the Kubernetes applier says of one cluster. */
public sealed interface ClusterFact extends EventBody {
  String cluster();

  /** A watcher began; facts of any other tenure of this cluster no longer count. */
  record WatchStarted(String cluster, String clusterUid, String tenure) implements ClusterFact {}

  /** An object as it is now. */
  record ObjectUpserted(String cluster, String tenure, KubernetesObject object)
      implements ClusterFact {}

  /** An object was seen to go: its last state, with the deletionTimestamp if one was seen. */
  record ObjectRemoved(
      String cluster, String tenure, ObjectKey object, String uid, boolean deletionSeen)
      implements ClusterFact {}

  /**
   * All objects of the listed kinds have been published by this tenure: what it did not confirm is
   * gone. A kind that is not in {@code counts} could not be listed and stays unknown (403, 404 on
   * the list).
   */
  record SnapshotCompleted(
      String cluster, String tenure, Map<String, Integer> counts, Map<String, String> unlisted)
      implements ClusterFact {}

  /** An object is too large for a record. */
  record Unrepresentable(String cluster, String tenure, ObjectKey object, long bytes)
      implements ClusterFact {}

  /** What became of a Kubernetes command. */
  record KubernetesSettled(
      String cluster,
      String commandId,
      ObjectKey object,
      String tenure,
      Result result,
      Optional<String> resourceVersion)
      implements ClusterFact {}

  /** A Kubernetes applier took over a cluster. */
  record KubernetesApplyStarted(String cluster, String tenure) implements ClusterFact {}

  /** A Kubernetes command is about to be written. */
  record KubernetesAttempted(
      String cluster, String commandId, ObjectKey object, String tenure, int attempt)
      implements ClusterFact {}
}
