package dev.penstock.plan.ingress;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What AWS shows to be in force of one setting: whether that is known, and which claim it is. A
 * claim may say the same in other words (a name for an id, an address block with host bits).
 */
record InForce<T>(boolean known, Predicate<T> is) {

  /** Nothing is live yet. */
  static <T> InForce<T> nothing() {
    return new InForce<>(true, _ -> false);
  }

  static <T> InForce<T> unknown() {
    return new InForce<>(false, _ -> false);
  }

  static <T> Predicate<T> equalTo(Optional<T> value) {
    return claim -> value.isPresent() && value.get().equals(claim);
  }
}
