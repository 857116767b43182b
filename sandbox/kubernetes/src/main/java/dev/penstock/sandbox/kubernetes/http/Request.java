package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request, read to its end. */
record Request(
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

  static Request read(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var path =
        Arrays.stream(uri.getRawPath().split("/"))
            .filter(s -> !s.isEmpty())
            .map(Request::decoded)
            .toList();
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), String.join(",", v)));
    var in = exchange.getRequestBody();
    var body = in.readNBytes(MAX_BODY_BYTES + 1);
    in.skip(Long.MAX_VALUE);
    return new Request(exchange.getRequestMethod(), path, query(uri.getRawQuery()), headers, body);
  }

  private static Map<String, String> query(@Nullable String raw) {
    var query = new TreeMap<String, String>();
    if (raw != null) {
      for (var pair : raw.split("&")) {
        int equal = pair.indexOf('=');
        var key = decoded(equal < 0 ? pair : pair.substring(0, equal));
        query.put(key, equal < 0 ? "" : decoded(pair.substring(equal + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String param(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    var value = query.get(name);
    return value != null && (value.isEmpty() || value.equals("true") || value.equals("1"));
  }

  int number(String name, int otherwise) {
    try {
      var text = param(name);
      return text.isEmpty() ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw Refusal.badRequest("invalid value for parameter " + name + ": " + param(name));
    }
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  boolean accepts(String mark) {
    return header("accept").contains(mark);
  }

  String contentType() {
    return header("content-type").split(";")[0].strip();
  }

  /**
   * The manager that a write is attributed to when it names none: the client's name, as a real
   * server does.
   */
  String manager() {
    var named = param("fieldManager");
    return named.isEmpty() ? header("user-agent").split("[/ ]")[0] : named;
  }

  /** The body as an object, from JSON or YAML. */
  ObjectNode object() {
    if (json() instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the request body is not an object");
  }

  JsonNode json() {
    if (body.length > MAX_BODY_BYTES) {
      throw Refusal.ofCode(413, "Request entity too large: limit is " + MAX_BODY_BYTES);
    }
    if (body.length == 0) {
      return Tree.object();
    }
    var type = contentType();
    if (type.contains("protobuf")) {
      return Protobuf.read(body);
    }
    try {
      return (type.contains("yaml") ? YAML : JSON).readTree(body);
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Refusal.badRequest("the object provided is unrecognized: " + e.getMessage());
    }
  }
}
