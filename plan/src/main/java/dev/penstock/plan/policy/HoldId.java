package dev.penstock.plan.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of holds: the rule and eight hex digits of a hash over rule and subject. */
public final class HoldId {
  private HoldId() {}

  /** The same rule and subject always give the same id. */
  public static String of(String rule, String subject) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest((rule + "|" + subject).getBytes(StandardCharsets.UTF_8));
      return rule + "-" + HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
