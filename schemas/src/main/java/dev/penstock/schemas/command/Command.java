package dev.penstock.schemas.command;

import dev.penstock.schemas.key.Scope;
import java.time.Instant;

/**
 * The one open command of a resource's lane. The id hashes (scope, seq, resource, ordinal): replay
 * gives the same id, a new decision a new one.
 */
public record Command(
    String id,
    Scope scope,
    CommandKey key,
    long seq,
    Instant decided,
    Urgency urgency,
    Cause cause,
    Operation operation) {}
