package dev.penstock.streams.query;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was asked of the API, and with which token. {@code forwarded}: another instance asks for
 * what this one holds itself.
 */
record Question(
    String method,
    String path,
    Map<String, String> query,
    Optional<String> token,
    boolean forwarded) {
  static final String FORWARDED = "Penstock-Forwarded";
  private static final String BEARER = "Bearer ";

  static Question of(HttpExchange exchange) {
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    return new Question(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query(exchange.getRequestURI().getRawQuery()),
        Optional.ofNullable(header)
            .filter(h -> h.startsWith(BEARER))
            .map(h -> h.substring(BEARER.length())),
        exchange.getRequestHeaders().containsKey(FORWARDED));
  }

  private static Map<String, String> query(String raw) {
    var result = new TreeMap<String, String>();
    if (raw == null) {
      return result;
    }
    for (var pair : raw.split("&")) {
      var cut = pair.indexOf('=');
      if (cut > 0) {
        result.put(decoded(pair.substring(0, cut)), decoded(pair.substring(cut + 1)));
      }
    }
    return result;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Reading something else with the same right. */
  Question reading(String otherPath, Map<String, String> otherQuery) {
    return new Question("GET", otherPath, otherQuery, token, forwarded);
  }

  String required(String name) throws RefusedException {
    var value = query.get(name);
    if (value == null || value.isEmpty()) {
      throw new RefusedException(400, "the parameter " + name + " is missing");
    }
    return value;
  }

  /** Path and query as they stand in a URL. */
  String target() {
    var text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? path : path + "?" + text;
  }

  /** As a header says it. */
  Optional<String> authorization() {
    return token.map(text -> BEARER + text);
  }
}
