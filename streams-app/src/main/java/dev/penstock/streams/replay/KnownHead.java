package dev.penstock.streams.replay;

import dev.penstock.schemas.key.Scope;
import java.util.OptionalLong;

/**
 * The hash of the last audit record up to a record of a scope, and who says so; whoever kept the
 * hash alone does not know of which record it is.
 */
public record KnownHead(Scope scope, OptionalLong seq, String hash, String witness) {
  /** As people are told of it. */
  String text() {
    var which = seq.isPresent() ? "the head of record " + seq.getAsLong() : "the head " + hash;
    return which + ", known from " + witness;
  }
}
