package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.conformance.CaseSettings;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;

/** Where a story is played: who changes what in its steps, and what is looked at after each. */
final class StoryStage implements AutoCloseable {
  private static final Duration STEP = Duration.ofMinutes(90);
  private static final Duration LOOK = Duration.ofMinutes(10);

  /** No step begins at the moment of a regular look at AWS. */
  private static final Duration APART = Duration.ofMinutes(1);

  private static final String OPERATOR = "operator";

  private final Pipeline pipeline;
  private final ClusterRegistration registration;
  private final JsonNode steps;
  private final SimulatedCluster simulated;
  private final StoryCluster cluster;
  private final StoryFaults faults;
  private final StoryHand hand;
  private final AwsPicture aws;
  private final ClusterPicture objects;

  /** What stands after a step, and what was written in it. */
  record Played(ObjectNode aws, ObjectNode cluster, StoryWrites writes) {
    /** Both in one. */
    ObjectNode tree() {
      var tree = aws.deepCopy();
      tree.setAll(cluster);
      return tree;
    }
  }

  /** The stage of a story, before its first step. */
  static StoryStage of(JsonNode content) throws InterruptedException {
    var registration = CaseSettings.registration(content.path("config"));
    var limits = new StoryLimits(content);
    var home = registration.home();
    var vpc = registration.vpcId();
    var site = new Fleet.Site(ClusterSpec.bare(registration.cluster()), home, vpc, List.of());
    var world = new StoryWorld(home, vpc, content).spec();
    var fleet = new Fleet(world, List.of(site), limits.scope());
    var pipeline = Pipeline.start(1, fleet, limits.aws(), TargetProbe.alwaysHealthy());
    return new StoryStage(pipeline, registration, content);
  }

  private StoryStage(Pipeline pipeline, ClusterRegistration registration, JsonNode content) {
    this.pipeline = pipeline;
    this.registration = registration;
    this.steps = content.path("steps");
    this.simulated = pipeline.cluster(registration.cluster());
    this.cluster = new StoryCluster(simulated);
    var home = registration.home();
    var vpc = registration.vpcId();
    var inventory = Nodes.list(content.path("aws").path("securityGroups"), g -> text(g, "id"));
    var names = new StoryNames(pipeline.aws(), home, inventory);
    this.faults = new StoryFaults(pipeline.aws().faults(), names);
    this.hand = new StoryHand(pipeline.aws(), home, vpc, names, cluster);
    var norms = new AttributeNorms(pipeline.fleet().world(), home, vpc);
    this.aws = new AwsPicture(names, norms, new AddOnPicture(pipeline.aws(), home));
    this.objects = new ClusterPicture(cluster, names);
  }

  /** Lets everything happen that happens in a step. */
  Played play(int n) throws InterruptedException {
    var step = steps.path(n);
    perform(step);
    faults.begin(step.path("failures"));
    if (step.path("objects").isArray()) {
      cluster.want(step.path("objects"));
    }
    var mark = StoryWrites.Mark.of(pipeline, simulated);
    if (step.has("config")) {
      register(CaseSettings.registration(step.get("config")));
    } else if (n == 0) {
      register(registration);
      pipeline.pass(APART);
    }
    settle();
    faults.end();
    var there = pipeline.aws().unthrottled(aws::draw);
    var shown = pipeline.aws().unthrottled(objects::draw);
    return new Played(there, shown, StoryWrites.since(mark, pipeline, simulated));
  }

  @Override
  public void close() throws InterruptedException {
    pipeline.close();
  }

  private void register(ClusterRegistration cluster) {
    pipeline.append(registration.home(), new PersonFact.ClusterRegistered(OPERATOR, cluster));
  }

  private void perform(JsonNode step) {
    pipeline
        .aws()
        .unthrottled(() -> {
          step.path("external").forEach(hand::perform);
          return true;
        });
  }

  /** Lets everything happen that follows; whatever is held meanwhile is approved. */
  private void settle() throws InterruptedException {
    for (var passed = Duration.ZERO; passed.compareTo(STEP) < 0; passed = passed.plus(LOOK)) {
      pipeline.pass(LOOK);
      for (var scope : pipeline.fleet().scopes()) {
        for (var hold : pipeline.tables().scan(Table.HOLDS, scope + "|")) {
          if (!hold.row().approved()) {
            pipeline.append(scope, new PersonFact.HoldApproved(OPERATOR, hold.row().id()));
          }
        }
      }
    }
  }
}
