package dev.penstock.plan.policy;

import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.HoldRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Ids of holds: the rule and sixteen hex digits of a hash over rule and subject. */
public final class HoldId {
  private static final int BYTES = 8;

  private HoldId() {}

  /** The same rule and subject always give the same id. */
  public static String of(HoldRule rule, String subject) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest((rule.text() + "|" + subject).getBytes(StandardCharsets.UTF_8));
      return prefix(rule) + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether the rule gave the id. */
  public static boolean isOf(HoldRule rule, String id) {
    return id.startsWith(prefix(rule));
  }

  private static String prefix(HoldRule rule) {
    return rule.text() + "-";
  }

  /**
   * The id under which more is held: that of the hold which waits for approval, else one that no
   * hold has, so that an approval given before is not taken for this.
   */
  static String next(HoldRule rule, String subject, List<HoldRow> same) {
    var waiting = same.stream().filter(hold -> !hold.approved()).map(HoldRow::id).findFirst();
    if (waiting.isPresent()) {
      return waiting.get();
    }
    var taken = same.stream().map(HoldRow::id).toList();
    var id = of(rule, subject);
    for (int number = 2; taken.contains(id); number++) {
      id = of(rule, subject + "|" + number);
    }
    return id;
  }
}
