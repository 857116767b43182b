package dev.penstock.cli.trail;

import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Result;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Operations and results in few words. */
final class Words {
  private static final int NAMED = 5;

  private Words() {}

  static String operation(Operation operation) {
    return switch (operation) {
      case Operation.Create _ -> "Create";
      case Operation.Update(_, _, var aspects) ->
          "Update " + aspects.stream().map(Words::lower).collect(Collectors.joining(", "));
      case Operation.Delete _ -> "Delete";
      case Operation.RegisterTargets(_, var targets) -> "Register " + some(targets);
      case Operation.DeregisterTargets(_, var targets) -> "Deregister " + some(targets);
      case Operation.SetRulePriorities(_, var priorities) ->
          "Set the priorities of " + priorities.size() + " rules";
      case Operation.Observe(var reading) -> "Read " + reading(reading);
    };
  }

  private static String reading(Reading reading) {
    return switch (reading) {
      case Reading.ReadResource _ -> "the resource";
      case Reading.ReadTargetHealth _ -> "target health";
      case Reading.ReadStack(_, var stack, _, _, _, _) -> "stack " + stack;
      case Reading.ReadOwned _ -> "all that is ours";
      case Reading.ReadNetwork(var vpc) -> "network " + vpc;
      case Reading.ReadNamed(var kind, var name) -> kind.text() + " " + name;
      case Reading.ReadCertificates _ -> "certificates";
      case Reading.ReadHostedZones _ -> "hosted zones";
      case Reading.ReadRecords(var zone, _) -> "records of zone " + zone;
      case Reading.ReadChange(var change) -> "change " + change;
    };
  }

  static String writes(List<KubernetesWrite> writes) {
    return writes.stream().map(Words::write).collect(Collectors.joining(", "));
  }

  private static String write(KubernetesWrite write) {
    return switch (write) {
      case KubernetesWrite.AddFinalizer _ -> "Add finalizer";
      case KubernetesWrite.RemoveFinalizer _ -> "Remove finalizer";
      case KubernetesWrite.SetLoadBalancerStatus(var addresses) ->
          addresses.isEmpty() ? "Empty the status" : "Set the status";
      case KubernetesWrite.SetCondition(var condition) ->
          "Set condition " + condition.type() + "=" + condition.status();
      case KubernetesWrite.RecordEvent(_, var reason, _) -> "Record event " + reason;
      case KubernetesWrite.ApplyTargetGroupBinding _ -> "Apply TargetGroupBinding";
      case KubernetesWrite.DeleteTargetGroupBinding _ -> "Delete TargetGroupBinding";
      case KubernetesWrite.ApplyTargetList(var targets, _) ->
          "List " + targets.size() + " targets as the cluster's own";
      case KubernetesWrite.DeleteTargetList _ -> "Delete the list of the cluster's own targets";
    };
  }

  static String outcome(Result result) {
    return switch (result) {
      case Result.Applied _ -> "applied";
      case Result.Superseded _ -> "superseded";
      case Result.Deferred(var fault, _) -> "deferred (" + lower(fault) + ")";
      case Result.Rejected(var fault, _, _) -> "rejected (" + lower(fault) + ")";
      case Result.Unanswered _ -> "unanswered";
    };
  }

  static String message(Result result) {
    return switch (result) {
      case Result.Applied _, Result.Superseded _ -> "";
      case Result.Deferred(_, var message) -> message;
      case Result.Rejected(_, var code, var message) ->
          code.isEmpty() ? message : code + ": " + message;
      case Result.Unanswered(var message) -> message;
    };
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String some(List<?> things) {
    var named =
        things.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
    var more = things.size() - NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }
}
