package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.List;
import java.util.TreeSet;

/** Plays the objects of a step as the only step of a story. */
final class PlayedAfresh implements Afresh {
  /** Behind the ids that ACM gives, in the order of names. */
  private static final String MADE = ":certificate/made-for-";

  private final JsonNode content;

  PlayedAfresh(JsonNode content) {
    this.content = content;
  }

  @Override
  public ObjectNode tree(int step) throws InterruptedException {
    return played(step, List.of());
  }

  @Override
  public ObjectNode covered(int step) throws InterruptedException {
    return (ObjectNode) withoutMade(played(step, uncovered(new Left(content, step).objects())));
  }

  private ObjectNode played(int step, List<String> covered) throws InterruptedException {
    var left = new Left(content, step);
    ObjectNode aws = content.path("aws").deepCopy();
    aws.remove(List.of("quotas", "delays"));
    var certificates = aws.withArrayProperty("certificates");
    var home = Left.registration(content, step).home();
    for (var host : covered) {
      var arn = "arn:aws:acm:" + home.region() + ":" + home.account() + MADE + host;
      certificates.addObject().put("arn", arn).putArray("sans").add(host);
    }
    var only = MAKE.objectNode();
    only.put("title", "afresh").set("objects", left.objects());
    left.subnets().forEach(only.withArrayProperty("external")::add);
    var story = MAKE.objectNode();
    story.set("config", Left.config(content, step));
    story.set("aws", aws);
    story.putArray("steps").add(only);
    try (var stage = StoryStage.of(story)) {
      return stage.play(0).tree();
    }
  }

  private List<String> uncovered(JsonNode objects) {
    var names = new TreeSet<String>();
    for (var certificate : content.path("aws").path("certificates")) {
      names.addAll(Nodes.texts(certificate.path("sans")));
    }
    var hosts = new TreeSet<String>();
    for (var object : objects) {
      object.path("spec").path("rules").forEach(rule -> hosts.add(Nodes.text(rule, "host")));
      object.path("spec").path("tls").forEach(tls -> hosts.addAll(Nodes.texts(tls.path("hosts"))));
    }
    hosts.removeIf(host ->
        host.isEmpty()
            || names.contains(host)
            || names.contains("*" + host.substring(Math.max(0, host.indexOf('.')))));
    return List.copyOf(hosts);
  }

  private static JsonNode withoutMade(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(withoutMade(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int n = array.size() - 1; n >= 0; n--) {
        if (array.get(n).asText().contains(MADE)) {
          array.remove(n);
        } else {
          withoutMade(array.get(n));
        }
      }
    }
    return node;
  }
}
