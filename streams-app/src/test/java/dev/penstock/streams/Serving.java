package dev.penstock.streams;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A managed cluster whose Ingress "web" serves with two healthy pods; commands stay open. */
final class Serving {
  static final String WATCH = "watch-1";

  final World world = new World();

  /** A managed cluster with these objects. */
  static Serving of(List<KubernetesObject> objects) {
    var serving = new Serving();
    serving.world.begin(ClusterMode.MANAGE);
    serving.world.list(WATCH, objects);
    serving.world.live(20_000, 500);
    serving.forget();
    return serving;
  }

  static Serving web() {
    return of(Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
  }

  /** What was commanded so far does not count. */
  void forget() {
    world.commands.clear();
    world.kubernetesCommands.clear();
  }

  void upsert(KubernetesObject object) {
    world.upsert(WATCH, object);
  }

  void removed(KubernetesObject object, boolean deletionSeen) {
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(
            Facts.CLUSTER,
            WATCH,
            object.key(Facts.CLUSTER),
            object.metadata().uid(),
            deletionSeen));
  }

  /** Time passes and reads are answered; writes stay open. */
  void look(long millis) {
    for (long at = 0; at < millis; at += 1_000) {
      world.pass(1_000);
      world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
      world.settle(c -> c.key().lane() == Lane.OBSERVE);
    }
  }

  /** The open commands of a lane. */
  List<Command> open(Lane lane) {
    return world.open.values().stream().filter(c -> c.key().lane() == lane).toList();
  }

  /** The addresses that a command of targets names. */
  static List<String> addresses(Command command) {
    return switch (command.operation()) {
      case Operation.RegisterTargets(_, var targets) -> targets.stream().map(Target::id).toList();
      case Operation.DeregisterTargets(_, var targets) -> targets.stream().map(Target::id).toList();
      case Operation.Create _,
          Operation.Update _,
          Operation.Delete _,
          Operation.SetRulePriorities _,
          Operation.Observe _ ->
          List.of();
    };
  }

  void attempted(Command command) {
    world.append(
        command.scope(), new CloudFact.Attempted(command.id(), command.key(), Answers.TENURE, 1));
  }

  /** The applier tried it, and this came of it. */
  void came(Command command, Result result) {
    attempted(command);
    world.answers().settled(world, command, result, List.of(), Optional.empty());
  }

  /** Commands of a lane since the last {@link #forget()}. */
  List<Command> commanded(Lane lane) {
    return world.commands.stream().filter(c -> c.key().lane() == lane).toList();
  }

  /** Everything that was to be written to Kubernetes since the last {@link #forget()}. */
  List<KubernetesWrite> written() {
    return world.kubernetesCommands.stream().flatMap(c -> c.writes().stream()).toList();
  }
}
