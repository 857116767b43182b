package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Selector;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Turns each Deployment into ReplicaSets, one for each template, and moves the replicas from the
 * old ones to the new one.
 */
final class DeploymentController implements Controller {
  static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String NAME = "deployment-controller";
  private static final String HASH = "pod-template-hash";
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private final ApiRules api;
  private final Hand hand;
  private final EventLog events;
  private final DeploymentStatus status;
  private final TreeSet<StoreKey> dirty = new TreeSet<>();

  DeploymentController(ApiRules api, UnaryOperator<Duration> pace, EventLog events) {
    this.api = api;
    this.hand = new Hand(api, "kube-controller-manager");
    this.events = events;
    this.status = new DeploymentStatus(hand, pace);
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    for (var change : changes) {
      switch (change.key().resource()) {
        case "deployments.apps" -> {
          dirty.add(change.key());
          if (change instanceof StoreChange.Deleted) {
            status.forget(change.key());
          }
        }
        case "replicasets.apps" -> touch(change.object());
        default -> {}
      }
    }
    dirty.addAll(status.due(now));
    for (var key : List.copyOf(dirty)) {
      dirty.remove(key);
      api.store().get(key).filter(d -> !Tree.deleting(d)).ifPresent(d -> sync(key, d, now));
    }
    return status.next();
  }

  private void touch(JsonNode set) {
    var owner = Owners.controller(set);
    if (Tree.text(owner, "kind").equals("Deployment")) {
      dirty.add(Kinds.DEPLOYMENT.key(Tree.namespace(set), Tree.text(owner, "name")));
    }
  }

  private void sync(StoreKey key, ObjectNode deployment, Instant now) {
    adopt(deployment);
    var sets = sets(deployment);
    var fresh = sets.stream().filter(s -> sameTemplate(deployment, s)).findFirst();
    boolean paused = Tree.at(deployment, "spec", "paused").asBoolean();
    if (fresh.isEmpty() && !paused) {
      fresh = create(deployment, sets);
      sets = sets(deployment);
    }
    var current = fresh;
    var old = sets.stream().filter(s -> current.isEmpty() || !same(s, current.get())).toList();
    if (current.isPresent()) {
      number(deployment, current.get(), old);
      step(deployment, current.get(), old, paused).ifPresent(s -> scale(deployment, s, now));
      forgetOld(deployment, old);
    }
    status.write(key, deployment, current, sets(deployment), now);
  }

  private List<ObjectNode> sets(ObjectNode deployment) {
    return Owners.controlled(api, Kinds.REPLICA_SET, deployment);
  }

  private static boolean same(ObjectNode left, ObjectNode right) {
    return Tree.uid(left).equals(Tree.uid(right));
  }

  private static boolean sameTemplate(ObjectNode deployment, ObjectNode set) {
    var template = ((ObjectNode) Tree.at(set, "spec", "template")).deepCopy();
    Tree.child(template, "metadata", "labels").remove(HASH);
    return template.equals(Tree.at(deployment, "spec", "template"));
  }

  /** Takes the sets that match and belong to nobody, as they are left by an orphaning delete. */
  private void adopt(ObjectNode deployment) {
    var matches = Selector.of(Tree.at(deployment, "spec", "selector"));
    for (var set : api.all(Kinds.REPLICA_SET, Tree.namespace(deployment))) {
      boolean free = Owners.controller(set).isMissingNode() && !Tree.deleting(set);
      if (free && matches.test(set)) {
        var owner = Owners.reference(Kinds.DEPLOYMENT, deployment);
        hand.edit(
            Kinds.REPLICA_SET,
            set,
            s -> Tree.list(Tree.child(s, "metadata"), "ownerReferences").add(owner));
      }
    }
  }

  /** Empty if the namespace is on its way out. */
  private Optional<ObjectNode> create(ObjectNode deployment, List<ObjectNode> sets) {
    var template = ((ObjectNode) Tree.at(deployment, "spec", "template")).deepCopy();
    var hash = hash(template.toString());
    Tree.child(template, "metadata", "labels").put(HASH, hash);
    var set = Tree.object();
    var metadata = set.putObject("metadata").put("name", Tree.name(deployment) + "-" + hash);
    metadata.set("labels", Tree.at(template, "metadata", "labels").deepCopy());
    metadata.putObject("annotations").put(REVISION, Integer.toString(newest(sets) + 1));
    metadata.putArray("ownerReferences").add(Owners.reference(Kinds.DEPLOYMENT, deployment));
    var spec = set.putObject("spec").put("replicas", 0);
    var wait = Tree.at(deployment, "spec", "minReadySeconds").asInt();
    if (wait > 0) {
      spec.put("minReadySeconds", wait);
    }
    spec.set("selector", Tree.at(deployment, "spec", "selector").deepCopy());
    Tree.child(spec, "selector", "matchLabels").put(HASH, hash);
    spec.set("template", template);
    return hand.tryCreate(Kinds.REPLICA_SET, Tree.namespace(deployment), set);
  }

  private static int newest(List<ObjectNode> sets) {
    return sets.stream().mapToInt(DeploymentController::revision).max().orElse(0);
  }

  private static int revision(JsonNode set) {
    var text = Tree.annotation(set, REVISION);
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  /**
   * The current set has the highest revision, also when a rollback made an old one current again.
   */
  private void number(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
    int wanted = Math.max(revision(fresh), newest(old) + 1);
    var text = Integer.toString(wanted);
    if (revision(fresh) != wanted) {
      hand.edit(
          Kinds.REPLICA_SET,
          fresh,
          s -> Tree.child(s, "metadata", "annotations").put(REVISION, text));
    }
    if (!Tree.annotation(deployment, REVISION).equals(text)) {
      hand.edit(
          Kinds.DEPLOYMENT,
          deployment,
          d -> Tree.child(d, "metadata", "annotations").put(REVISION, text));
    }
  }

  private Optional<RollingUpdate.Step> step(
      ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old, boolean paused) {
    var update = RollingUpdate.of(deployment);
    if (paused) {
      boolean differs = RollingUpdate.replicas(fresh) != update.desired();
      boolean alone = old.stream().allMatch(s -> RollingUpdate.replicas(s) == 0);
      return differs && alone
          ? Optional.of(new RollingUpdate.Step(fresh, update.desired()))
          : Optional.empty();
    }
    if (!Tree.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
      return update.next(fresh, old);
    }
    var running = old.stream().filter(s -> RollingUpdate.replicas(s) > 0).findFirst();
    if (running.isPresent()) {
      return running.map(s -> new RollingUpdate.Step(s, 0));
    }
    boolean oldPods = old.stream().anyMatch(s -> !Owners.controlled(api, Kinds.POD, s).isEmpty());
    return oldPods || RollingUpdate.replicas(fresh) == update.desired()
        ? Optional.empty()
        : Optional.of(new RollingUpdate.Step(fresh, update.desired()));
  }

  private void scale(ObjectNode deployment, RollingUpdate.Step step, Instant now) {
    int before = RollingUpdate.replicas(step.set());
    hand.edit(
        Kinds.REPLICA_SET, step.set(), s -> Tree.child(s, "spec").put("replicas", step.replicas()));
    var message =
        "Scaled %s replica set %s from %d to %d"
            .formatted(
                step.replicas() > before ? "up" : "down",
                Tree.name(step.set()),
                before,
                step.replicas());
    events.normal(NAME, Kinds.DEPLOYMENT, deployment, "ScalingReplicaSet", message, now);
  }

  private void forgetOld(ObjectNode deployment, List<ObjectNode> old) {
    int limit = Tree.at(deployment, "spec", "revisionHistoryLimit").asInt(10);
    var empty = new ArrayList<ObjectNode>();
    for (var set : old) {
      boolean idle =
          RollingUpdate.replicas(set) == 0 && Tree.at(set, "status", "replicas").asInt() == 0;
      if (idle && !Tree.deleting(set)) {
        empty.add(set);
      }
    }
    empty.stream()
        .sorted(Comparator.comparingInt(DeploymentController::revision))
        .limit(Math.max(0, empty.size() - limit))
        .forEach(s -> hand.delete(Kinds.REPLICA_SET, s, DeleteOptions.background()));
  }

  /**
   * Ten characters that name a template, in the alphabet that Kubernetes uses for generated names.
   */
  private static String hash(String template) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < template.length(); i++) {
      hash = (hash ^ template.charAt(i)) * 0x100000001b3L;
    }
    var text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(ALPHABET.charAt((int) Long.remainderUnsigned(hash, ALPHABET.length())));
      hash = Long.divideUnsigned(hash, ALPHABET.length());
    }
    return text.toString();
  }

  @Override
  public void reset() {
    dirty.clear();
    status.reset();
  }
}
