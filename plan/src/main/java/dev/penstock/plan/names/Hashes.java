package dev.penstock.plan.names;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 in lower-case hex, as LBC's names use it. */
public final class Hashes {
  private Hashes() {}

  /** The hash of the parts written one after another, without separators (LBC 4.3). */
  public static String hex(List<String> parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      parts.forEach(part -> digest.update(part.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
