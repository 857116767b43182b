package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.CaseSettings;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.streams.tables.Table;
import java.time.Duration;

/** Where a story is played: who changes what in its steps, and what is looked at after each. */
final class StoryStage implements AutoCloseable {
  private static final Duration STEP = Duration.ofMinutes(90);
  private static final Duration LOOK = Duration.ofMinutes(10);

  /** No step begins at the moment of a regular look at AWS. */
  private static final Duration APART = Duration.ofMinutes(1);

  private final StoryScene scene;
  private final ClusterRegistration registration;
  private final JsonNode steps;
  private final StoryFaults faults;
  private final StoryHand hand;

  /** What stands after a step, in AWS and in the cluster, and what was written in it. */
  record Played(ObjectNode tree, StoryWrites writes) {}

  /** The stage of a story, before its first step. */
  static StoryStage of(JsonNode content) throws InterruptedException {
    var registration = CaseSettings.registration(content.path("config"));
    var scene = StoryScene.start(registration, content);
    return new StoryStage(scene, registration, content.path("steps"));
  }

  private StoryStage(StoryScene scene, ClusterRegistration registration, JsonNode steps) {
    this.scene = scene;
    this.registration = registration;
    this.steps = steps;
    this.faults = new StoryFaults(scene.pipeline().aws().faults(), scene.names());
    this.hand = scene.hand();
  }

  /** Lets everything happen that happens in a step. */
  Played play(int n) throws InterruptedException {
    var step = steps.path(n);
    perform(step);
    faults.begin(step.path("failures"));
    if (step.path("objects").isArray()) {
      scene.cluster().want(step.path("objects"));
    }
    var mark = scene.mark();
    if (step.has("config")) {
      scene.register(CaseSettings.registration(step.get("config")));
    } else if (n == 0) {
      scene.register(registration);
      scene.pipeline().pass(APART);
    }
    settle();
    faults.end();
    return new Played(scene.tree(), StoryWrites.of(scene.since(mark)));
  }

  @Override
  public void close() throws InterruptedException {
    scene.close();
  }

  private void perform(JsonNode step) {
    scene
        .pipeline()
        .aws()
        .unthrottled(() -> {
          step.path("external").forEach(hand::perform);
          return true;
        });
  }

  /** Lets everything happen that follows; whatever is held meanwhile is approved. */
  private void settle() throws InterruptedException {
    var pipeline = scene.pipeline();
    for (var passed = Duration.ZERO; passed.compareTo(STEP) < 0; passed = passed.plus(LOOK)) {
      pipeline.pass(LOOK);
      for (var scope : pipeline.fleet().scopes()) {
        for (var hold : pipeline.tables().scan(Table.HOLDS, scope + "|")) {
          if (!hold.row().approved()) {
            pipeline.append(
                scope, new PersonFact.HoldApproved(StoryScene.OPERATOR, hold.row().id()));
          }
        }
      }
    }
  }
}
