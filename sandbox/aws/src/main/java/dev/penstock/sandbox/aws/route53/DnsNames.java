package dev.penstock.sandbox.aws.route53;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names as Route 53 keeps them: lower case, closed by a dot, unusual bytes as {@code \ooo}. */
final class DnsNames {
  private DnsNames() {}

  static String normal(String name) {
    var text = new StringBuilder();
    var lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      var c = lower.charAt(i);
      if (c == '\\' && lower.substring(i + 1).matches("(?s)[0-3][0-7]{2}.*")) {
        text.append(octal((char) Integer.parseInt(lower.substring(i + 1, i + 4), 8)));
        i += 3;
      } else {
        text.append(octal(c));
      }
    }
    return text.toString().endsWith(".") ? text.toString() : text + ".";
  }

  static boolean inside(String name, String zone) {
    return name.equals(zone) || name.endsWith("." + zone);
  }

  /** Labels from the right to the left, so that sorting follows the tree of names. */
  static String reversed(String name) {
    var labels = Arrays.asList(name.split("\\."));
    Collections.reverse(labels);
    // The space sorts before every character of a label.
    return String.join(" ", labels);
  }

  static String sort(String name, @Nullable String type, @Nullable String identifier) {
    return reversed(name)
        + "\t"
        + (type == null ? "" : type)
        + "\t"
        + (identifier == null ? "" : identifier);
  }

  private static String octal(char c) {
    var plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    var capital = c >= 'A' && c <= 'Z';
    return plain
        ? String.valueOf(c)
        : capital ? String.valueOf((char) (c + 32)) : String.format("\\%03o", (int) c);
  }
}
