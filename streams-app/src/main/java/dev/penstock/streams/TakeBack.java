package dev.penstock.streams;

import dev.penstock.schemas.key.Scope;
import java.util.Set;

/**
 * The scopes that somebody takes back from newer deciding code, on purpose. Without it older code
 * refuses to decide where newer code did.
 */
public record TakeBack(Set<Scope> scopes, String by) {
  public TakeBack {
    scopes = Set.copyOf(scopes);
  }

  /** Takes nothing back. */
  public static TakeBack nothing() {
    return new TakeBack(Set.of(), "");
  }
}
