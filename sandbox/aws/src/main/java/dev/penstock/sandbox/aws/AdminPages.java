package dev.penstock.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.Faults.Effect;
import dev.penstock.sandbox.aws.Faults.Rule;
import dev.penstock.sandbox.aws.wire.Json;
import dev.penstock.sandbox.aws.wire.JsonCodec;
import dev.penstock.sandbox.aws.wire.Wire.HttpAnswer;
import dev.penstock.sandbox.aws.wire.Wire.HttpCall;
import java.time.Duration;
import java.util.Map;

/** What a person or a test process may ask of a running simulator besides AWS's own APIs. */
final class AdminPages {
  static final String PATH = "/_penstock/";

  private static final ObjectMapper JSON = Json.mapper();

  private final AwsSimulator aws;

  AdminPages(AwsSimulator aws) {
    this.aws = aws;
  }

  HttpAnswer answer(HttpCall call) {
    var page = call.path().substring(PATH.length());
    try {
      return switch (call.method() + " " + page) {
        case "GET requests" -> ok(requests(call.query()));
        case "GET world" -> ok(world());
        case "GET faults" -> ok(faults());
        case "POST faults" -> {
          aws.faults().add(rule(body(call)));
          yield ok(faults());
        }
        case "DELETE faults" -> {
          aws.faults().clear();
          yield ok(JSON.createArrayNode());
        }
        case "POST settings" -> ok(settings(body(call)));
        default -> problem(404, "no such page: " + call.method() + " " + PATH + page);
      };
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
  }

  private JsonNode faults() {
    var list = JSON.createArrayNode();
    for (var rule : aws.faults().rules()) {
      var node = list.addObject();
      node.put("operation", rule.operation());
      node.put("touching", rule.touching());
      node.put("effect", rule.effect().toString());
      node.put("times", rule.times());
      node.put("rate", rule.rate());
    }
    return list;
  }

  private JsonNode requests(String query) {
    var after = query.startsWith("after=") ? Long.parseLong(query.substring(6)) : 0;
    var list = JSON.createArrayNode();
    for (var entry : aws.requests().after(after)) {
      list.add(entry(entry));
    }
    return list;
  }

  private static ObjectNode entry(RequestLog.Entry entry) {
    var node = JSON.createObjectNode();
    node.put("seq", entry.seq());
    node.put("time", entry.at().toString());
    node.put("service", entry.operation().service().signingName());
    node.put("operation", entry.operation().name());
    node.put("account", entry.caller().account());
    node.put("region", entry.caller().region());
    node.put("caller", entry.caller().principal());
    node.put("userAgent", entry.caller().userAgent());
    node.put("requestId", entry.requestId());
    node.put("status", entry.status());
    node.put("code", entry.code());
    node.put("effective", entry.effective());
    node.put("latencyMillis", entry.latency().toMillis());
    var parameters = JsonCodec.write(entry.request());
    hideSecrets(parameters);
    node.set("parameters", parameters);
    return node;
  }

  private static void hideSecrets(JsonNode node) {
    for (var entry : node.properties()) {
      if (entry.getKey().equals("ClientSecret") && node instanceof ObjectNode object) {
        object.put("ClientSecret", "[REDACTED]");
      }
    }
    node.forEach(AdminPages::hideSecrets);
  }

  private JsonNode world() {
    var tables = JSON.createObjectNode();
    aws.inspect(
        (table, key, row) -> tables.withObjectProperty(table).set(key, JSON.valueToTree(row)));
    return tables;
  }

  private JsonNode settings(JsonNode body) {
    if (body.has("latencyMillis")) {
      aws.setLatency(Latency.fixed(Duration.ofMillis(body.get("latencyMillis").asLong())));
    }
    if (body.has("throttling")) {
      aws.setThrottling(body.get("throttling").asBoolean());
    }
    return body;
  }

  private static Rule rule(JsonNode body) {
    var effect =
        switch (body.path("effect").asText()) {
          case "throttle" -> new Effect.Throttle();
          case "deny" -> new Effect.Deny();
          case "fail" ->
              new Effect.Fail(
                  body.path("code").asText("InternalFailure"), body.path("status").asInt(500));
          case "lose-answer" -> new Effect.LoseAnswer();
          case "deliver-twice" -> new Effect.DeliverTwice();
          case "delay" -> new Effect.Delay(Duration.ofMillis(body.path("millis").asLong()));
          case "stale" -> new Effect.Stale(Duration.ofMillis(body.path("millis").asLong()));
          case String other ->
              throw new IllegalArgumentException(
                  "effect must be throttle, deny, fail, lose-answer, deliver-twice, delay or stale:"
                      + " "
                      + other);
        };
    return new Rule(
        body.path("operation").asText("*"),
        body.path("touching").asText(""),
        effect,
        body.path("times").asInt(1),
        body.path("rate").asDouble(1));
  }

  private static JsonNode body(HttpCall call) throws JsonProcessingException {
    return JSON.readTree(new String(call.body(), java.nio.charset.StandardCharsets.UTF_8));
  }

  private static HttpAnswer ok(JsonNode body) {
    return new HttpAnswer(
        200, Map.of("Content-Type", "application/json"), body.toPrettyString() + "\n");
  }

  private static HttpAnswer problem(int status, String text) {
    var body = JSON.createObjectNode().put("error", text);
    return new HttpAnswer(status, Map.of("Content-Type", "application/json"), body + "\n");
  }
}
