package dev.penstock.roles;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Ids of tenures: 64 random bits each, in hexadecimal. */
final class Tenures {
  private Tenures() {}

  static Supplier<String> of(RandomGenerator random) {
    return () -> HexFormat.of().toHexDigits(random.nextLong());
  }
}
