package dev.penstock.edges.kubernetes.translate;

import java.util.HashMap;

/** One instance of each string that many objects repeat. Bounded: when full it starts anew. */
final class Interner {
  private static final int LIMIT = 16_384;
  private static final int LONGEST = 128;

  private final HashMap<String, String> known = new HashMap<>();

  String intern(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    if (known.size() >= LIMIT) {
      known.clear();
    }
    var first = known.putIfAbsent(text, text);
    return first == null ? text : first;
  }
}
