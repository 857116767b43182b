package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.ClusterFaults.Effect;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;

/** {@code /_penstock/}: faults and questions that no real API server knows. */
final class Admin {
  private final LiveCluster live;

  Admin(LiveCluster live) {
    this.live = live;
  }

  Answer answer(Request request) {
    var what = request.path().size() > 1 ? request.path().get(1) : "";
    return live.turn(c -> answer(c, request, request.method() + " " + what));
  }

  private static Answer answer(SimulatedCluster cluster, Request request, String what) {
    return switch (what) {
      case "GET faults" -> faults(cluster);
      case "POST faults" -> {
        cluster.faults().add(rule(request.object()));
        yield faults(cluster);
      }
      case "DELETE faults" -> {
        cluster.faults().clear();
        yield faults(cluster);
      }
      case "POST cut-watches" -> {
        cluster.faults().cutWatches();
        yield Answer.success();
      }
      case "POST expire" -> {
        cluster.expire();
        yield Answer.success();
      }
      case "POST swap" -> {
        cluster.swap();
        yield Answer.ok(Tree.object().put("uid", cluster.uid()));
      }
      case "POST strip-finalizer" -> strip(cluster, request);
      case "GET probe" -> probe(cluster, request);
      default -> throw Refusal.unknownPath();
    };
  }

  private static Answer strip(SimulatedCluster cluster, Request request) {
    cluster.stripFinalizer(
        request.param("resource"),
        request.param("namespace"),
        request.param("name"),
        request.param("finalizer"));
    return Answer.success();
  }

  private static Answer probe(SimulatedCluster cluster, Request request) {
    var answer = cluster.probe(request.param("ip"), request.number("port", 0));
    var node = Tree.object().put("answers", answer.isPresent());
    answer.ifPresent(a ->
        node.put("uid", a.uid())
            .put("namespace", a.namespace())
            .put("name", a.name())
            .put("status", a.status()));
    return Answer.ok(node);
  }

  private static ClusterFaults.Rule rule(ObjectNode body) {
    return new ClusterFaults.Rule(
        body.path("verb").asText("*"),
        body.path("resource").asText("*"),
        effect(body),
        body.path("times").asInt(1));
  }

  private static Effect effect(JsonNode body) {
    return switch (Tree.text(body, "effect")) {
      case "answer" -> new Effect.Answer(body.path("code").asInt(500));
      case "slow" -> new Effect.Slow(Duration.ofMillis(body.path("millis").asLong()));
      case "drop" -> new Effect.Drop(body.path("served").asBoolean());
      case "lose-event" -> new Effect.LoseEvent();
      default -> throw Refusal.badRequest("effect is one of: answer, slow, drop, lose-event");
    };
  }

  private static Answer faults(SimulatedCluster cluster) {
    var answer = Tree.object();
    var list = answer.putArray("faults");
    for (var rule : cluster.faults().rules()) {
      list.addObject()
          .put("verb", rule.verb())
          .put("resource", rule.resource())
          .put("effect", rule.effect().toString())
          .put("times", rule.times());
    }
    return Answer.ok(answer);
  }
}
