package dev.penstock.schemas.event;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.List;

/** What a person decided through the command line or API; {@code subject} is who. */
public sealed interface PersonFact extends EventBody {
  String subject();

  /**
   * Of {@code settings} only what {@code changed} names counts ({@code dns.policy}); the rest of
   * the scope's settings stays. An empty list: all of it counts.
   */
  record ScopeSettingsChanged(String subject, ScopeSettings settings, List<String> changed)
      implements PersonFact {
    /** All settings at once. */
    public ScopeSettingsChanged(String subject, ScopeSettings settings) {
      this(subject, settings, List.of());
    }
  }

  /**
   * A cluster was registered in its home scope, or its registration changed. A new cluster is in
   * shadow.
   */
  record ClusterRegistered(String subject, ClusterRegistration registration)
      implements PersonFact {}

  record ClusterModeChanged(String subject, String cluster, ClusterMode mode)
      implements PersonFact {}

  /** The cluster under this name now has another kube-system UID, and that is right. */
  record ClusterRebound(String subject, String cluster, String clusterUid) implements PersonFact {}

  /** A hold is released. */
  record HoldApproved(String subject, String holdId) implements PersonFact {}

  record Paused(String subject, PauseTarget target, boolean all) implements PersonFact {}

  record Resumed(String subject, PauseTarget target) implements PersonFact {}

  /** An invalid member shall lose its last good rules at once. */
  record MemberDropped(String subject, ObjectKey member) implements PersonFact {}

  /** The scope's rows shall be written to penstock.checkpoints now. */
  record CheckpointRequested(String subject) implements PersonFact {}

  /**
   * Which part of the world stands still, by its full name: account/Region, the cluster, the key of
   * the stack or target group, the host name without trailing dot.
   */
  record PauseTarget(PauseKind kind, String name) {}
}
