package dev.penstock.streams.turn;

import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.table.Checkpoint;
import java.util.List;
import java.util.Optional;

/** What one record leads to, in the order in which it was decided. Each list goes to one topic. */
public record Effects(
    List<CommandEntry> commands,
    List<KubernetesEntry> kubernetesCommands,
    List<AuditRecord> audit,
    List<Change> changes,
    List<Event> events,
    List<RegistryEntry> registry,
    List<Checkpoint> checkpoints) {

  /** An entry of the command table; empty is its tombstone. */
  public record CommandEntry(Scope scope, CommandKey key, Optional<Command> command) {}

  /** An entry of the Kubernetes command table; empty is its tombstone. */
  public record KubernetesEntry(
      Scope scope, ObjectKey object, Optional<KubernetesCommand> command) {}

  public static Effects none() {
    return new Effects(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Whether an applier can go on with them: then they do not wait for the commit interval. */
  public boolean awaited() {
    return !kubernetesCommands.isEmpty()
        || commands.stream()
            .flatMap(entry -> entry.command().stream())
            .anyMatch(command -> command.urgency().compareTo(Urgency.CREATION) <= 0);
  }
}
