package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.store.ExpiredException;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster and its AWS as LBC left them after a step of a story, and who looks at both. */
final class Takeover {
  private static final String OPERATOR = "operator";

  /** As long as a new load balancer is not active. */
  private static final Duration PROVISIONED = Duration.ofMinutes(5);

  private final Pipeline pipeline;
  private final ClusterRegistration registration;
  private final Left left;
  private final int step;
  private final WantedStory wanted;
  private final SimulatedCluster simulated;
  private final StoryCluster cluster;
  private final StoryNames names;
  private final AwsPicture aws;
  private final ClusterPicture objects;

  Takeover(Pipeline pipeline, ClusterRegistration registration, JsonNode content, int step) {
    this.pipeline = pipeline;
    this.registration = registration;
    this.left = new Left(content, step);
    this.step = step;
    this.wanted = new WantedStory(content, new PlayedAfresh(content));
    this.simulated = pipeline.cluster(registration.cluster());
    this.cluster = new StoryCluster(simulated);
    var home = registration.home();
    var inventory =
        Nodes.list(content.path("aws").path("securityGroups"), g -> Nodes.text(g, "id"));
    this.names = new StoryNames(pipeline.aws(), home, inventory);
    var norms = new AttributeNorms(pipeline.fleet().world(), home, registration.vpcId());
    this.aws = new AwsPicture(names, norms, new AddOnPicture(pipeline.aws(), home));
    this.objects = new ClusterPicture(cluster, names);
  }

  /**
   * Everything is as LBC left it, and the cluster is registered, in shadow.
   *
   * @param late how much later than what is in AWS the objects come to the cluster
   */
  void begin(Duration late) throws InterruptedException {
    say(new PersonFact.ClusterRegistered(OPERATOR, registration));
    mode(ClusterMode.SHADOW);
    var made = new LeftInAws(pipeline.aws(), registration.home(), registration.vpcId());
    pipeline.aws().unthrottled(() -> leave(made));
    if (late.isPositive()) {
      simulated.settle();
      say(new PersonFact.ClusterRegistered(OPERATOR, registration));
      pipeline.pass(late);
    }
    cluster.want(left.objects());
    new LeftInCluster(cluster, made).make(left.kubernetes());
    pipeline.pass(PROVISIONED);
    pipeline.aws().unthrottled(() -> made.guard(left.after()));
    simulated.settle();
    say(new PersonFact.ClusterRegistered(OPERATOR, registration));
  }

  private boolean leave(LeftInAws made) {
    var hand =
        new StoryHand(pipeline.aws(), registration.home(), registration.vpcId(), names, cluster);
    left.subnets().forEach(hand::perform);
    made.make(left.after());
    made.named().forEach(names::call);
    return true;
  }

  void mode(ClusterMode mode) {
    say(new PersonFact.ClusterModeChanged(OPERATOR, registration.cluster(), mode));
  }

  void delete(String namespace, String ingress) {
    cluster.delete(Kinds.INGRESS, namespace, ingress);
  }

  private void say(PersonFact fact) {
    pipeline.append(registration.home(), fact);
  }

  /** How what stands now differs from what LBC left. */
  List<String> differences() {
    var there = pipeline.aws().unthrottled(aws::draw);
    var shown = pipeline.aws().unthrottled(objects::draw);
    there.setAll(shown);
    return wanted.differences(step, there);
  }

  /** A moment in AWS and in the cluster. */
  record Mark(long calls, long revision) {}

  Mark mark() {
    return new Mark(pipeline.aws().requests().last(), simulated.api().store().revision());
  }

  /** What was written since then, in AWS and in the cluster. */
  List<String> writes(Mark since) {
    var writes = new ArrayList<String>();
    pipeline.aws().requests().after(since.calls()).stream()
        .filter(RequestLog.Entry::wrote)
        .forEach(entry -> writes.add(entry.operation() + " " + entry.request()));
    try {
      simulated
          .api()
          .store()
          .since(since.revision())
          .forEach(change -> writes.add("write to " + change.key() + ": " + change.object()));
    } catch (ExpiredException e) {
      throw new IllegalStateException("more writes to the cluster than its log holds", e);
    }
    return writes;
  }
}
