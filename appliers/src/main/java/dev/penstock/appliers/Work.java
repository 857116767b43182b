package dev.penstock.appliers;

import dev.penstock.appliers.CommandTable.Entry;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is executed together: one command, or all startable name commands of one hosted zone, whose
 * writes Route 53 wants one after the other.
 */
record Work(List<Entry> entries, Optional<String> zone) {
  static final int MOST_NAMES = 250;

  Command first() {
    return entries.getFirst().command();
  }

  List<Command> commands() {
    return entries.stream().map(Entry::command).toList();
  }

  /** The work that begins with {@code first}; the others are more or equally startable commands. */
  static Work of(Entry first, List<Entry> startable) {
    var zone = zone(first.command());
    if (zone.isEmpty()) {
      return new Work(List.of(first), zone);
    }
    var names = new ArrayList<Entry>();
    names.add(first);
    startable.stream()
        .filter(entry -> !entry.key().equals(first.key()))
        .filter(entry -> zone(entry.command()).equals(zone))
        .limit(MOST_NAMES - 1)
        .forEach(names::add);
    return new Work(names, zone);
  }

  /** The zone that a command writes into. */
  static Optional<String> zone(Command command) {
    return switch (command.operation()) {
      case Operation.Create(RecordNameSpec spec) -> Optional.of(spec.zoneId());
      case Operation.Update(_, RecordNameSpec spec, _) -> Optional.of(spec.zoneId());
      case Operation.Delete(LiveRecordName live) -> Optional.of(live.spec().zoneId());
      case Operation.Create _, Operation.Update _, Operation.Delete _ -> Optional.empty();
      case Operation.RegisterTargets _, Operation.DeregisterTargets _ -> Optional.empty();
      case Operation.SetRulePriorities _, Operation.Observe _ -> Optional.empty();
    };
  }
}
