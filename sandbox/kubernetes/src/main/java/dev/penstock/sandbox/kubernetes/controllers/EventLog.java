package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The Events that the stand-ins write: one that is said again is counted, one that is an hour old
 * goes.
 */
final class EventLog implements Controller {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final ApiRules api;
  private Instant nextSweep = Instant.MIN;

  EventLog(ApiRules api) {
    this.api = api;
  }

  void normal(
      String component, Kind kind, ObjectNode about, String reason, String message, Instant now) {
    say("Normal", component, kind, about, reason, message, now);
  }

  void warning(
      String component, Kind kind, ObjectNode about, String reason, String message, Instant now) {
    say("Warning", component, kind, about, reason, message, now);
  }

  private void say(
      String type,
      String component,
      Kind kind,
      ObjectNode about,
      String reason,
      String message,
      Instant now) {
    var hand = new Hand(api, component);
    var namespace = Tree.namespace(about).isEmpty() ? "default" : Tree.namespace(about);
    var hash = Tree.uid(about).hashCode() * 31L * 31 + (reason + message).hashCode();
    var name = Tree.name(about) + "." + Long.toHexString(hash);
    var time = Conditions.time(now);
    var before = api.find(Kinds.EVENT, namespace, name);
    if (before.isPresent()) {
      hand.edit(
          Kinds.EVENT,
          before.get(),
          e -> e.put("lastTimestamp", time).put("count", e.path("count").asInt() + 1));
      return;
    }
    var event = Tree.object();
    event.putObject("metadata").put("name", name);
    event
        .putObject("involvedObject")
        .put("kind", kind.kind())
        .put("apiVersion", kind.apiVersion())
        .put("namespace", Tree.namespace(about))
        .put("name", Tree.name(about))
        .put("uid", Tree.uid(about))
        .put("resourceVersion", Tree.text(about, "metadata", "resourceVersion"));
    event
        .put("type", type)
        .put("reason", reason)
        .put("message", message)
        .put("firstTimestamp", time)
        .put("lastTimestamp", time)
        .put("count", 1);
    event.putObject("source").put("component", component);
    event.put("reportingComponent", component).put("reportingInstance", "");
    hand.tryCreate(Kinds.EVENT, namespace, event);
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    if (now.isBefore(nextSweep)) {
      return nextSweep;
    }
    var oldest = now.minus(KEPT).toString();
    for (var event : api.all(Kinds.EVENT, "")) {
      var last = Tree.text(event, "lastTimestamp");
      var said = last.isEmpty() ? Tree.text(event, "metadata", "creationTimestamp") : last;
      if (said.compareTo(oldest) < 0) {
        api.delete(
            Kinds.EVENT, Tree.namespace(event), Tree.name(event), DeleteOptions.background());
      }
    }
    boolean any = !api.all(Kinds.EVENT, "").isEmpty();
    nextSweep = any ? now.plus(SWEEP) : Instant.MIN;
    return any ? nextSweep : Instant.MAX;
  }

  @Override
  public void reset() {
    nextSweep = Instant.MIN;
  }
}
