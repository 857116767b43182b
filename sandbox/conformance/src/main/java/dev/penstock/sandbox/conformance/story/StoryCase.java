package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.Difference;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One story: its steps, one after another, through every stage between a simulated cluster and a
 * simulated AWS. An operator approves whatever is held; whatever is registered is healthy.
 */
public final class StoryCase {
  private final JsonNode content;
  private final TreeSet<String> divergences = new TreeSet<>();

  public StoryCase(JsonNode content) {
    this.content = content;
  }

  /** The rules of plan/DIVERGENCES.md that excused something of this case. */
  public Set<String> divergences() {
    return divergences;
  }

  /** Whether a Service asks for a load balancer; that family follows later. */
  public static boolean isOfServices(JsonNode content) {
    return Services.first(content).isPresent();
  }

  /** The first difference, with its step; empty when the case passes. */
  public Optional<String> difference() {
    var service = Services.first(content);
    if (service.isPresent()) {
      return service.map(
          name -> "Service " + name + ": only Ingresses and bindings are decided yet");
    }
    try {
      return play();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private Optional<String> play() throws InterruptedException {
    var wanted = new WantedStory(content, new PlayedAfresh(content));
    var writes = new WantedWrites(content);
    try (var stage = StoryStage.of(content)) {
      int n = 0;
      for (var step : content.path("steps")) {
        var played = stage.play(n);
        var difference = wanted.difference(n, played.tree()).map(Difference::text);
        if (difference.isEmpty()) {
          difference = writes.difference(n, played.writes(), wanted.known(n, played.tree()));
        }
        if (difference.isPresent()) {
          return difference.map(text -> "step " + text(step, "title") + ": " + text);
        }
        n++;
      }
      divergences.addAll(wanted.divergences());
      divergences.addAll(writes.divergences());
    }
    return Optional.empty();
  }
}
