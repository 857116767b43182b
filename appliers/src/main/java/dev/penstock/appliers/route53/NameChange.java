package dev.penstock.appliers.route53;

import dev.penstock.edges.aws.types.RecordSets;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/**
 * What one command changes of its name. A set that changes is deleted as it was observed and
 * created anew in the same batch, so AWS refuses the change if somebody else changed it meanwhile;
 * nothing is ever UPSERTed (design §7, DNS gaps).
 */
record NameChange(
    Command command, String zoneId, String name, List<RecordSet> before, List<RecordSet> after) {
  static NameChange of(Command command) {
    return switch (command.operation()) {
      case Operation.Create(RecordNameSpec spec) ->
          new NameChange(command, spec.zoneId(), spec.name(), List.of(), spec.recordSets());
      case Operation.Update(LiveRecordName live, RecordNameSpec spec, _) ->
          new NameChange(
              command, spec.zoneId(), spec.name(), live.spec().recordSets(), spec.recordSets());
      case Operation.Delete(LiveRecordName live) ->
          new NameChange(
              command,
              live.spec().zoneId(),
              live.spec().name(),
              live.spec().recordSets(),
              List.of());
      case Operation.Create _,
          Operation.Update _,
          Operation.Delete _,
          Operation.RegisterTargets _,
          Operation.DeregisterTargets _,
          Operation.SetRulePriorities _,
          Operation.Observe _ ->
          throw new IllegalStateException("no name is changed by " + command.id());
    };
  }

  /** Deletes before creates; a set that stays is not named. */
  List<Change> changes() {
    var changes = new ArrayList<Change>();
    before.stream()
        .filter(set -> !RecordSets.contains(after, set))
        .forEach(set -> changes.add(change(ChangeAction.DELETE, set)));
    after.stream()
        .filter(set -> !RecordSets.contains(before, set))
        .forEach(set -> changes.add(change(ChangeAction.CREATE, set)));
    return changes;
  }

  /** Whether the name already is as the command wants; sets that it does not name do not matter. */
  boolean done(List<RecordSet> found) {
    return after.stream().allMatch(set -> RecordSets.contains(found, set))
        && before.stream()
            .filter(set -> !RecordSets.contains(after, set))
            .noneMatch(set -> RecordSets.contains(found, set));
  }

  /** Whether a set stands where one of ours shall be. */
  boolean taken(List<RecordSet> found) {
    return after.stream()
        .anyMatch(set ->
            found.stream()
                .anyMatch(other ->
                    other.type().equals(set.type())
                        && other.setIdentifier().equals(set.setIdentifier())));
  }

  private static Change change(ChangeAction action, RecordSet set) {
    return Change.builder().action(action).resourceRecordSet(RecordSets.write(set)).build();
  }
}
