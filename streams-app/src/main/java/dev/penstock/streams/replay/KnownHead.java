package dev.penstock.streams.replay;

import dev.penstock.schemas.key.Scope;

/** The hash of the last audit record up to a record of a scope, and who says so. */
public record KnownHead(Scope scope, long seq, String hash, String witness) {}
