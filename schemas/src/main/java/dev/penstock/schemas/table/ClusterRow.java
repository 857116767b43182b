package dev.penstock.schemas.table;

import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;

/** What a scope knows of a cluster. An empty tenure: no watcher has started yet. */
public record ClusterRow(
    ClusterRegistration registration,
    ClusterMode mode,
    String clusterUid,
    boolean swapped,
    String tenure,
    boolean snapshotComplete,
    List<String> unlistedKinds)
    implements Row {}
