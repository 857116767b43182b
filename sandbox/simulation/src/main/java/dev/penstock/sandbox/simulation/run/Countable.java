package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.MachineDeed;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.VerdictKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The categories of what coverage counts, and every kind in each. */
final class Countable {
  static final String DEEDS = "deeds";
  static final String REFUSED = "deeds that the world refused, in whole or in part";
  static final String FACTS = "records";
  static final String VERDICTS = "verdicts";
  static final String COMMANDS = "commands";
  static final String WRITES = "writes to Kubernetes";
  static final String RESULTS = "what became of commands";
  static final String ANSWERS = "refusals of AWS";
  static final String RECOVERIES = "recoveries";
  static final String RULES = "rules that protect";
  static final String STRUCK = "machines struck";

  private Countable() {}

  /** By category; refusals have whatever codes AWS has. */
  static Map<String, List<String>> all() {
    var all = new TreeMap<String, List<String>>();
    all.put(DEEDS, deeds());
    all.put(FACTS, kinds(EventBody.class));
    all.put(VERDICTS, Arrays.stream(VerdictKind.values()).map(VerdictKind::text).toList());
    all.put(COMMANDS, commands());
    all.put(WRITES, kinds(KubernetesWrite.class));
    all.put(RESULTS, results());
    all.put(RECOVERIES, Arrays.stream(Recovery.values()).map(Recovery::sentence).toList());
    all.put(RULES, Arrays.stream(ProtectingRule.values()).map(ProtectingRule::sentence).toList());
    all.put(STRUCK, struck());
    return all;
  }

  private static List<String> deeds() {
    var deeds = new ArrayList<>(kinds(MachineTrouble.class));
    Deed.kinds().stream()
        .filter(kind -> kind != MachineDeed.Strike.class)
        .forEach(kind -> deeds.add(kind.getSimpleName()));
    return deeds;
  }

  /** The name of what is done or struck. */
  static String deed(Deed deed) {
    var kind = deed instanceof MachineDeed.Strike(var trouble) ? trouble : deed;
    return kind.getClass().getSimpleName();
  }

  /** Who may be struck where. */
  private static List<String> struck() {
    var struck = new ArrayList<String>();
    for (var kind :
        List.of(
            MachineTrouble.Kill.class,
            MachineTrouble.Stand.class,
            MachineTrouble.Overtaken.class)) {
      for (var role : Role.values()) {
        role.points().forEach(at -> struck.add(struck(kind, role, Optional.of(at))));
      }
      struck.add(struck(kind, Role.WATCH, Optional.empty()));
    }
    return struck;
  }

  /** Who was struck where, if that makes a difference for the trouble. */
  static Optional<String> struck(MachineTrouble trouble) {
    return switch (trouble) {
      case MachineTrouble.Kill(var role, _, var at, _) ->
          Optional.of(struck(trouble.getClass(), role, at));
      case MachineTrouble.Stand(var role, _, var at, _) ->
          Optional.of(struck(trouble.getClass(), role, at));
      case MachineTrouble.Overtaken(var role, _, var at, _) ->
          Optional.of(struck(trouble.getClass(), role, at));
      case MachineTrouble _ -> Optional.empty();
    };
  }

  private static String struck(Class<?> kind, Role role, Optional<Point> at) {
    return kind.getSimpleName() + " " + role + at.map(point -> " at " + point).orElse("");
  }

  /** The names of the records of a sealed interface. */
  private static List<String> kinds(Class<?> sealed) {
    return leaves(sealed).map(Class::getSimpleName).sorted().toList();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Countable::leaves)
        : Stream.of(type);
  }

  private static List<String> commands() {
    var commands = new ArrayList<String>();
    for (var operation : leaves(Operation.class).toList()) {
      var name = operation.getSimpleName();
      if (operation == Operation.Observe.class) {
        kinds(Reading.class).forEach(reading -> commands.add(name + " " + reading));
      } else if (operation == Operation.Create.class
          || operation == Operation.Update.class
          || operation == Operation.Delete.class) {
        writable().forEach(kind -> commands.add(name + " " + kind.text()));
      } else {
        commands.add(name);
      }
    }
    return commands;
  }

  /** The command's kind, as {@link #all} names it. */
  static String command(Operation operation, ResourceKind kind) {
    var name = operation.getClass().getSimpleName();
    return switch (operation) {
      case Operation.Create _, Operation.Update _, Operation.Delete _ -> name + " " + kind.text();
      case Operation.Observe(var reading) -> name + " " + reading.getClass().getSimpleName();
      case Operation.RegisterTargets _,
          Operation.DeregisterTargets _,
          Operation.SetRulePriorities _ ->
          name;
    };
  }

  private static List<ResourceKind> writable() {
    return Arrays.stream(ResourceKind.values()).filter(k -> k != ResourceKind.INVENTORY).toList();
  }

  private static List<String> results() {
    var results = new ArrayList<String>();
    for (var result : leaves(Result.class).toList()) {
      var name = result.getSimpleName();
      if (result == Result.Deferred.class || result == Result.Rejected.class) {
        Arrays.stream(Fault.values()).forEach(fault -> results.add(name + " " + fault));
      } else {
        results.add(name);
      }
    }
    return results;
  }

  static String result(Result result) {
    var name = result.getClass().getSimpleName();
    return switch (result) {
      case Result.Deferred(var fault, _) -> name + " " + fault;
      case Result.Rejected(var fault, _, _) -> name + " " + fault;
      case Result.Applied _, Result.Superseded _, Result.Unanswered _ -> name;
    };
  }
}
