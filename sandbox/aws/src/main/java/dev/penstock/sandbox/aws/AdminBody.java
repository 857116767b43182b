package dev.penstock.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The members of a JSON object that somebody sent. Whatever is unknown, or not of the wanted form,
 * is an {@link IllegalArgumentException} that says what it may be.
 */
record AdminBody(ObjectNode json) {

  static AdminBody of(byte[] text, List<String> members) throws JsonProcessingException {
    var body = Json.mapper().readTree(new String(text, StandardCharsets.UTF_8));
    if (!(body instanceof ObjectNode object)) {
      throw new IllegalArgumentException("the body must be a JSON object with any of " + members);
    }
    for (var member : object.properties()) {
      if (!members.contains(member.getKey())) {
        throw new IllegalArgumentException(
            "unknown member " + member.getKey() + "; known are " + members);
      }
    }
    return new AdminBody(object);
  }

  boolean has(String member) {
    return json.has(member);
  }

  String text(String member, String absent) {
    var value = json.path(member);
    require(value.isMissingNode() || value.isTextual(), member, "a text", value);
    return value.asText(absent);
  }

  int whole(String member, int least, int most, int absent) {
    var value = json.path(member);
    var wanted = "a whole number from %d to %d".formatted(least, most);
    require(
        value.isMissingNode()
            || value.isInt() && value.intValue() >= least && value.intValue() <= most,
        member,
        wanted,
        value);
    return value.asInt(absent);
  }

  /** More than nothing, at most all. */
  double share(String member, double absent) {
    var value = json.path(member);
    require(
        value.isMissingNode()
            || value.isNumber() && value.doubleValue() > 0 && value.doubleValue() <= 1,
        member,
        "a number above 0, at most 1",
        value);
    return value.asDouble(absent);
  }

  boolean truth(String member) {
    var value = json.path(member);
    require(value.isBoolean(), member, "true or false", value);
    return value.booleanValue();
  }

  private static void require(boolean good, String member, String wanted, JsonNode value) {
    if (!good) {
      throw new IllegalArgumentException(member + " must be " + wanted + ", not " + value);
    }
  }
}
