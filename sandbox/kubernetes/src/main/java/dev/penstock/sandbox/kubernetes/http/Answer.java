package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.nio.charset.StandardCharsets;

/** A whole answer. */
record Answer(int code, String contentType, byte[] body) {
  static Answer json(int code, JsonNode node) {
    return new Answer(code, "application/json", node.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Answer ok(JsonNode node) {
    return json(200, node);
  }

  static Answer text(String text) {
    return new Answer(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer of(Refusal refusal) {
    return json(refusal.code(), refusal.status());
  }

  static Answer success() {
    var status = Tree.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return ok(status.put("status", "Success"));
  }
}
