package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.conformance.CaseSettings;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.Pipeline;
import java.util.List;
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

  /** The first difference, with its step; empty when the case passes. */
  public Optional<String> difference() {
    try {
      return play();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private Optional<String> play() throws InterruptedException {
    var registration = CaseSettings.registration(content.path("config"));
    var limits = new StoryLimits(content);
    var home = registration.home();
    var vpc = registration.vpcId();
    var site = new Fleet.Site(ClusterSpec.bare(registration.cluster()), home, vpc, List.of());
    var world = new StoryWorld(home, vpc, content).spec();
    var fleet = new Fleet(world, List.of(site), limits.scope());
    var wanted = new WantedStory(content);
    var writes = new WantedWrites(content);
    try (var pipeline = Pipeline.start(1, fleet, limits.aws(), TargetProbe.alwaysHealthy())) {
      var stage = new StoryStage(pipeline, registration, content);
      int n = 0;
      for (var step : content.path("steps")) {
        var difference = stage.play(n, wanted, writes);
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
