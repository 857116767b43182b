package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.conformance.CaseSettings;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One story: its steps, one after another, through every stage between a simulated cluster and a
 * simulated AWS. An operator approves whatever is held.
 */
public final class StoryCase {
  private static final Duration STEP = Duration.ofMinutes(90);
  private static final Duration LOOK = Duration.ofMinutes(10);
  private static final String OPERATOR = "operator";

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
    var home = registration.home();
    var world = new StoryWorld(home, registration.vpcId(), content).spec();
    var site =
        new Fleet.Site(
            ClusterSpec.bare(registration.cluster()), home, registration.vpcId(), List.of());
    var fleet = new Fleet(world, List.of(site), ScopeSettings.defaults());
    try (var pipeline = Pipeline.start(1, fleet)) {
      var cluster = new StoryCluster(pipeline.cluster(registration.cluster()));
      var inventory = Nodes.list(content.path("aws").path("securityGroups"), g -> text(g, "id"));
      var names = new StoryNames(pipeline.aws(), home, inventory);
      var hand = new StoryHand(pipeline.aws(), home, registration.vpcId(), names, cluster);
      var norms = new AttributeNorms(world, home, registration.vpcId());
      var picture = new AwsPicture(names, norms, new AddOnPicture(pipeline.aws(), home));
      var wanted = new WantedStory(content);
      // What people did before the first step was there before the cluster was registered.
      perform(pipeline, hand, content.path("steps").path(0));
      register(pipeline, registration);
      pipeline.pass(Duration.ofMinutes(1));
      int n = 0;
      for (var step : content.path("steps")) {
        if (step.has("config")) {
          register(pipeline, CaseSettings.registration(step.get("config")));
        }
        fail(pipeline, step.path("failures"));
        if (n > 0) {
          perform(pipeline, hand, step);
        }
        if (step.path("objects").isArray()) {
          cluster.want(step.path("objects"));
        }
        settle(pipeline);
        var aws = pipeline.aws().unthrottled(picture::draw);
        var objects = pipeline.aws().unthrottled(new ClusterPicture(cluster, names)::draw);
        var difference = wanted.difference(n, aws, objects);
        if (difference.isPresent()) {
          return difference.map(text -> "step " + text(step, "title") + ": " + text);
        }
        n++;
      }
      divergences.addAll(wanted.divergences());
    }
    return Optional.empty();
  }

  private static void register(Pipeline pipeline, ClusterRegistration registration) {
    pipeline.append(registration.home(), new PersonFact.ClusterRegistered(OPERATOR, registration));
  }

  private static void perform(Pipeline pipeline, StoryHand hand, JsonNode step) {
    pipeline
        .aws()
        .unthrottled(() -> {
          step.path("external").forEach(hand::perform);
          return true;
        });
  }

  private static void fail(Pipeline pipeline, JsonNode failures) {
    pipeline.aws().faults().clear();
    for (var failure : failures) {
      boolean throttle = text(failure, "code").equals("Throttling");
      var operation = text(failure, "operation");
      var effect =
          throttle
              ? new AwsFaults.Effect.Throttle()
              : new AwsFaults.Effect.Fail(text(failure, "code"), 400);
      pipeline
          .aws()
          .faults()
          .add(
              new AwsFaults.Rule(
                  operation.substring(operation.indexOf(' ') + 1),
                  "",
                  effect,
                  failure.path("times").asInt(1),
                  1));
    }
  }

  /** Lets everything happen that follows; whatever is held meanwhile is approved. */
  private static void settle(Pipeline pipeline) throws InterruptedException {
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
