package dev.penstock.sandbox.conformance;

import java.util.Set;

/** What became of one case. */
public sealed interface Verdict {
  /** Equal in all that a reimplementation must match. */
  record Passed() implements Verdict {}

  /** Equal but for what rules of {@code plan/DIVERGENCES.md} decided on purpose. */
  record Diverges(Set<String> rules) implements Verdict {}

  /** The first difference: path, wanted, got. */
  record Failed(String difference) implements Verdict {}
}
