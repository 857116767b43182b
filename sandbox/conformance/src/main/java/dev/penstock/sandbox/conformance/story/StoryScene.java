package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.store.ExpiredException;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.ArrayList;
import java.util.List;

/** The cluster and the AWS of a story, every stage between them, and who looks at both. */
final class StoryScene implements AutoCloseable {
  static final String OPERATOR = "operator";

  private final Pipeline pipeline;
  private final ClusterRegistration registration;
  private final SimulatedCluster simulated;
  private final StoryCluster cluster;
  private final StoryNames names;
  private final AwsPicture aws;
  private final ClusterPicture objects;

  /** A moment in AWS and in the cluster. */
  record Mark(long calls, long revision) {}

  /** The scene as the story's inventory has it: nothing is in the cluster, nobody registered it. */
  static StoryScene start(ClusterRegistration registration, JsonNode content)
      throws InterruptedException {
    var limits = new StoryLimits(content);
    var home = registration.home();
    var vpc = registration.vpcId();
    var site = new Fleet.Site(ClusterSpec.bare(registration.cluster()), home, vpc, List.of());
    var world = new StoryWorld(home, vpc, content).spec();
    var fleet = new Fleet(world, List.of(site), limits.scope());
    var pipeline = Pipeline.start(1, fleet, limits.aws(), TargetProbe.alwaysHealthy());
    return new StoryScene(pipeline, registration, content);
  }

  private StoryScene(Pipeline pipeline, ClusterRegistration registration, JsonNode content) {
    this.pipeline = pipeline;
    this.registration = registration;
    this.simulated = pipeline.cluster(registration.cluster());
    this.cluster = new StoryCluster(simulated);
    var home = registration.home();
    var inventory = Nodes.list(content.path("aws").path("securityGroups"), g -> text(g, "id"));
    this.names = new StoryNames(pipeline.aws(), home, inventory);
    var norms = new AttributeNorms(pipeline.fleet().world(), home, registration.vpcId());
    this.aws = new AwsPicture(names, norms, new AddOnPicture(pipeline.aws(), home));
    this.objects = new ClusterPicture(cluster, names);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  SimulatedCluster simulated() {
    return simulated;
  }

  StoryCluster cluster() {
    return cluster;
  }

  StoryNames names() {
    return names;
  }

  /** Who does in AWS what people do there. */
  StoryHand hand() {
    return new StoryHand(pipeline.aws(), registration.home(), registration.vpcId(), names, cluster);
  }

  void register(ClusterRegistration cluster) {
    say(new PersonFact.ClusterRegistered(OPERATOR, cluster));
  }

  void say(PersonFact fact) {
    pipeline.append(registration.home(), fact);
  }

  /** What stands now in AWS and in the cluster, in the form of a story. */
  ObjectNode tree() {
    var tree = pipeline.aws().unthrottled(aws::draw);
    tree.setAll(pipeline.aws().unthrottled(objects::draw));
    return tree;
  }

  Mark mark() {
    return new Mark(pipeline.aws().requests().last(), simulated.api().store().revision());
  }

  /** The writes since then that were carried out, in AWS and in the cluster. */
  List<StoryWrite> since(Mark mark) {
    var writes = new ArrayList<StoryWrite>();
    pipeline.aws().requests().after(mark.calls()).stream()
        .filter(RequestLog.Entry::wrote)
        .map(entry -> new StoryWrite.ToAws(entry.operation(), entry.request()))
        .forEach(writes::add);
    try {
      simulated.api().store().since(mark.revision()).stream()
          .map(StoryWrite.ToCluster::new)
          .forEach(writes::add);
    } catch (ExpiredException e) {
      throw new IllegalStateException("more writes to the cluster than its log holds", e);
    }
    return writes;
  }

  @Override
  public void close() throws InterruptedException {
    pipeline.close();
  }
}
