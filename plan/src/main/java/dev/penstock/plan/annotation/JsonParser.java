package dev.penstock.plan.annotation;

import java.util.ArrayList;
import java.util.List;

/** Strict JSON (RFC 8259) with Go's reading of lone surrogates; at most 100 levels deep. */
public final class JsonParser {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int at;

  private JsonParser(String text) {
    this.text = text;
  }

  public static Json parse(String text) throws JsonException {
    var parser = new JsonParser(text);
    var value = parser.value(0);
    parser.space();
    if (parser.at < text.length()) {
      throw parser.unexpected("the end");
    }
    return value;
  }

  private Json value(int depth) throws JsonException {
    if (depth > MAX_DEPTH) {
      throw new JsonException("too deeply nested");
    }
    space();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private Json object(int depth) throws JsonException {
    at++;
    var fields = new ArrayList<Json.Field>();
    space();
    if (peek() == '}') {
      at++;
      return new Json.Fields(List.of());
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw unexpected("a field name in double quotes");
      }
      var name = string();
      space();
      expect(':');
      fields.add(new Json.Field(name, value(depth + 1)));
      space();
      if (peek() == '}') {
        at++;
        return new Json.Fields(List.copyOf(fields));
      }
      expect(',');
    }
  }

  private Json array(int depth) throws JsonException {
    at++;
    var values = new ArrayList<Json>();
    space();
    if (peek() == ']') {
      at++;
      return new Json.Items(List.of());
    }
    while (true) {
      values.add(value(depth + 1));
      space();
      if (peek() == ']') {
        at++;
        return new Json.Items(List.copyOf(values));
      }
      expect(',');
    }
  }

  private Json word(String word, Json value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw unexpected(word);
    }
    at += word.length();
    return value;
  }

  private Json number() throws JsonException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    return new Json.Num(text.substring(start, at));
  }

  private void digits() throws JsonException {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw unexpected("a value");
    }
  }

  private String string() throws JsonException {
    at++;
    var out = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        throw unexpected("the closing double quote");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return wellFormed(out);
      }
      if (c < ' ') {
        throw new JsonException("control character in a string at position " + at);
      }
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws JsonException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> throw new JsonException("unknown escape \\" + c + " at position " + at);
    };
  }

  private char hex() throws JsonException {
    if (at + 4 > text.length()) {
      throw unexpected("four hexadecimal digits");
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text.charAt(at++), 16);
      if (digit < 0) {
        throw unexpected("four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private static String wellFormed(CharSequence out) {
    var result = new StringBuilder();
    out.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next character, or NUL at the end, which no rule accepts. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char wanted) throws JsonException {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  private JsonException unexpected(String wanted) {
    var found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new JsonException("expected " + wanted + " but found " + found + " at position " + at);
  }
}
