package dev.penstock.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.aws.AwsFaults.Rule;
import dev.penstock.sandbox.aws.wire.Json;
import dev.penstock.sandbox.aws.wire.JsonCodec;
import dev.penstock.sandbox.aws.wire.Wire.HttpAnswer;
import dev.penstock.sandbox.aws.wire.Wire.HttpCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a person or a test process may ask of a running simulator besides AWS's own APIs. */
final class AdminPages {
  static final String PATH = "/_penstock/";

  private static final ObjectMapper JSON = Json.mapper();
  private static final List<String> FAULT =
      List.of("operation", "touching", "effect", "times", "rate", "code", "status", "millis");
  private static final List<String> SETTINGS = List.of("latencyMillis", "throttling");
  private static final Pattern AFTER = Pattern.compile("after=(\\d{1,18})");
  private static final int LONGEST_MILLIS = 3_600_000;

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
          aws.faults().add(rule(AdminBody.of(call.body(), FAULT)));
          yield ok(faults());
        }
        case "DELETE faults" -> {
          aws.faults().clear();
          yield ok(JSON.createArrayNode());
        }
        case "POST settings" -> ok(settings(AdminBody.of(call.body(), SETTINGS)));
        default -> problem(404, "no such page: " + call.method() + " " + PATH + page);
      };
    } catch (JsonProcessingException e) {
      return problem(400, "not JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
  }

  /** Each as it was posted, with what is left of its times. */
  private JsonNode faults() {
    var list = JSON.createArrayNode();
    for (var rule : aws.faults().rules()) {
      var node = list.addObject();
      node.put("operation", rule.operation());
      node.put("touching", rule.touching());
      effect(node, rule.effect());
      node.put("times", rule.times());
      node.put("rate", rule.rate());
    }
    return list;
  }

  private static void effect(ObjectNode node, Effect effect) {
    switch (effect) {
      case Effect.Throttle() -> node.put("effect", "throttle");
      case Effect.Deny() -> node.put("effect", "deny");
      case Effect.Fail(var code, var status, _) ->
          node.put("effect", "fail").put("code", code).put("status", status);
      case Effect.LoseAnswer() -> node.put("effect", "lose-answer");
      case Effect.DeliverTwice() -> node.put("effect", "deliver-twice");
      case Effect.Delay(var time) -> node.put("effect", "delay").put("millis", time.toMillis());
      case Effect.Stale(var age) -> node.put("effect", "stale").put("millis", age.toMillis());
    }
  }

  private JsonNode requests(String query) {
    var after = AFTER.matcher(query.isEmpty() ? "after=0" : query);
    if (!after.matches()) {
      throw new IllegalArgumentException("the query must be after=N, the seq of a call: " + query);
    }
    var list = JSON.createArrayNode();
    for (var entry : aws.requests().after(Long.parseLong(after.group(1)))) {
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

  private JsonNode settings(AdminBody body) {
    var latency = Duration.ofMillis(body.whole("latencyMillis", 0, LONGEST_MILLIS, 0));
    if (body.has("throttling")) {
      aws.setThrottling(body.truth("throttling"));
    }
    if (body.has("latencyMillis")) {
      aws.setLatency(Latency.fixed(latency));
    }
    return body.json();
  }

  private Rule rule(AdminBody body) {
    return new Rule(
        operation(body.text("operation", "*")),
        body.text("touching", ""),
        effect(body),
        times(body),
        body.share("rate", 1));
  }

  /** A name that no call has would be a fault that never comes. */
  private String operation(String wanted) {
    var any = Rule.always(wanted, new Effect.Deny());
    if (aws.operations().stream().noneMatch(any::names)) {
      throw new IllegalArgumentException(
          "no operation here is called "
              + wanted
              + "; names are AWS's own: CreateRule, elasticloadbalancing:CreateRule,"
              + " elasticloadbalancing:* or * for all");
    }
    return wanted;
  }

  private static int times(AdminBody body) {
    var times = body.whole("times", -1, Integer.MAX_VALUE, 1);
    if (times == 0) {
      throw new IllegalArgumentException("times must be -1 for always, or 1 and more");
    }
    return times;
  }

  private static Effect effect(AdminBody body) {
    return switch (body.text("effect", "")) {
      case "throttle" -> new Effect.Throttle();
      case "deny" -> new Effect.Deny();
      case "fail" ->
          new Effect.Fail(
              body.text("code", "InternalFailure"), body.whole("status", 400, 599, 500));
      case "lose-answer" -> new Effect.LoseAnswer();
      case "deliver-twice" -> new Effect.DeliverTwice();
      case "delay" -> new Effect.Delay(millis(body));
      case "stale" -> new Effect.Stale(millis(body));
      case String other ->
          throw new IllegalArgumentException(
              "effect must be throttle, deny, fail, lose-answer, deliver-twice, delay or stale: "
                  + other);
    };
  }

  private static Duration millis(AdminBody body) {
    if (!body.has("millis")) {
      throw new IllegalArgumentException("a delay and a stale answer need their millis");
    }
    return Duration.ofMillis(body.whole("millis", 1, LONGEST_MILLIS, 0));
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
