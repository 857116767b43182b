package dev.penstock.appliers;

import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.aws.Turnstile;
import dev.penstock.edges.log.Log;
import dev.penstock.schemas.key.Scope;

/** The world of one scope as one tenure meets it. */
public record ScopeEdges(
    Scope scope,
    String tenure,
    Log log,
    Cloud cloud,
    ClientSecrets secrets,
    Turnstile turnstile,
    Timeline timeline,
    CrashPoints crashPoints,
    Limits limits) {}
