package dev.penstock.sandbox.conformance;

import java.util.Set;

/** What became of one case. */
public sealed interface Judgement {
  /** Equal in all that a reimplementation must match. */
  record Passed() implements Judgement {}

  /** Equal but for what rules of {@code plan/DIVERGENCES.md} decided on purpose. */
  record Diverges(Set<String> rules) implements Judgement {}

  /** The first difference: path, wanted, got. */
  record Failed(String difference) implements Judgement {}
}
