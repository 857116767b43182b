package dev.penstock.schemas.command;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import java.time.Instant;
import java.util.List;

/** All writes that one Kubernetes object needs now; a newer command of the object replaces it. */
public record KubernetesCommand(
    String id,
    Scope scope,
    ObjectKey object,
    String uid,
    long seq,
    Instant decided,
    Cause cause,
    List<KubernetesWrite> writes) {}
