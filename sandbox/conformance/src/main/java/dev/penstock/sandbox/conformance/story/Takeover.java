package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.Duration;
import java.util.List;

/** A cluster and its AWS as LBC left them after a step of a story, and who takes them over. */
final class Takeover {
  /** As long as a new load balancer is not active. */
  private static final Duration PROVISIONED = Duration.ofMinutes(5);

  private final StoryScene scene;
  private final ClusterRegistration registration;
  private final Left left;
  private final int step;
  private final WantedStory wanted;

  Takeover(StoryScene scene, ClusterRegistration registration, JsonNode content, int step) {
    this.scene = scene;
    this.registration = registration;
    this.left = new Left(content, step);
    this.step = step;
    this.wanted = new WantedStory(content, new PlayedAfresh(content));
  }

  /**
   * Everything is as LBC left it, and the cluster is registered, in shadow.
   *
   * @param late how much later than what is in AWS the objects come to the cluster
   */
  void begin(Duration late) throws InterruptedException {
    scene.register(registration);
    mode(ClusterMode.SHADOW);
    var pipeline = scene.pipeline();
    var made = new LeftInAws(pipeline.aws(), registration.home(), registration.vpcId());
    pipeline.aws().unthrottled(() -> leave(made));
    if (late.isPositive()) {
      scene.simulated().settle();
      scene.register(registration);
      pipeline.pass(late);
    }
    scene.cluster().want(left.objects());
    new LeftInCluster(scene.cluster(), made).make(left.kubernetes());
    pipeline.pass(PROVISIONED);
    pipeline.aws().unthrottled(() -> made.guard(left.after()));
    scene.simulated().settle();
    scene.register(registration);
  }

  private boolean leave(LeftInAws made) {
    var hand = scene.hand();
    left.subnets().forEach(hand::perform);
    made.make(left.after());
    made.named().forEach(scene.names()::call);
    return true;
  }

  void mode(ClusterMode mode) {
    scene.say(new PersonFact.ClusterModeChanged(StoryScene.OPERATOR, registration.cluster(), mode));
  }

  void delete(String namespace, String ingress) {
    scene.cluster().delete(Kinds.INGRESS, namespace, ingress);
  }

  /** How what stands now differs from what LBC left. */
  List<Difference> differences() {
    return wanted.differences(step, scene.tree());
  }
}
