package dev.penstock.plan.annotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plain value syntaxes of LBC's annotations (LBC 0, LBC 10 item 1). Empty: not of that type.
 */
public final class GoValues {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  private GoValues() {}

  static Optional<Boolean> bool(String raw) {
    if (TRUE.contains(raw)) {
      return Optional.of(true);
    }
    return FALSE.contains(raw) ? Optional.of(false) : Optional.empty();
  }

  public static Optional<Long> integer(String raw, long least, long greatest) {
    var digits = raw.startsWith("+") || raw.startsWith("-") ? raw.substring(1) : raw;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    try {
      long value = Long.parseLong(raw);
      return value >= least && value <= greatest ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** Comma separated, trimmed, without empty items. */
  static List<String> list(String raw) {
    var items = new ArrayList<String>();
    for (String item : raw.split(",", -1)) {
      var trimmed = trim(item);
      if (!trimmed.isEmpty()) {
        items.add(trimmed);
      }
    }
    return List.copyOf(items);
  }

  /** {@code k=v,k=v}; a backslash takes the next character as it is. */
  static Optional<Map<String, String>> map(String raw) {
    var map = new LinkedHashMap<String, String>();
    if (raw.isEmpty()) {
      return Optional.of(map);
    }
    for (String item : items(raw)) {
      int equals = item.indexOf('=');
      var key = equals < 0 ? "" : trim(item.substring(0, equals));
      if (key.isEmpty()) {
        return Optional.empty();
      }
      map.put(key, trim(item.substring(equals + 1)));
    }
    return Optional.of(map);
  }

  /** Go's white space holds the no-break space and the next-line character, Java's does not. */
  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && space(text.charAt(from))) {
      from++;
    }
    while (to > from && space(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean space(char c) {
    return c == '\u0085' || c == '\u00a0' || c >= '\t' && c <= '\r' || Character.isSpaceChar(c);
  }

  private static List<String> items(String raw) {
    var items = new ArrayList<String>();
    var item = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean more = i + 1 < raw.length();
      if (c == '\\' && more) {
        i++;
        item.append(raw.charAt(i));
      } else if (c == ',' && more) {
        items.add(item.toString());
        item.setLength(0);
      } else {
        item.append(c);
      }
    }
    items.add(item.toString());
    return items;
  }
}
