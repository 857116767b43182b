package dev.penstock.appliers.kubernetes;

import dev.penstock.appliers.CrashPoints;
import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.log.Log;
import dev.penstock.schemas.key.Scope;

/** The world of one cluster's applier as one tenure meets it, but for the way to its API server. */
public record ClusterEdges(
    Scope scope,
    String cluster,
    String tenure,
    Log log,
    Timeline timeline,
    WritePermit permit,
    CrashPoints crashPoints,
    ApplierSettings settings) {}
