package dev.penstock.streams.replay;

import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.turn.Effects;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A topic that the reconciler writes: what a turn adds to it, and what tells the values of a scope
 * apart. A value carries the seq of its own turn, but those of a checkpoint that of its beginning.
 */
record Output<T>(
    Topic topic,
    Class<T> type,
    Function<T, Scope> scope,
    ToLongFunction<T> seq,
    Function<T, String> id,
    Function<Effects, List<T>> decided) {

  static final Output<AuditRecord> AUDIT =
      new Output<>(
          Topics.AUDIT,
          AuditRecord.class,
          AuditRecord::scope,
          AuditRecord::seq,
          record -> Integer.toString(record.ordinal()),
          Effects::audit);

  static final Output<Command> COMMANDS =
      new Output<>(
          Topics.COMMANDS,
          Command.class,
          Command::scope,
          Command::seq,
          command -> command.key().toString(),
          effects -> present(effects.commands(), Effects.CommandEntry::command));

  static final Output<KubernetesCommand> KUBERNETES_COMMANDS =
      new Output<>(
          Topics.KUBERNETES_COMMANDS,
          KubernetesCommand.class,
          KubernetesCommand::scope,
          KubernetesCommand::seq,
          command -> command.object().toString(),
          effects -> present(effects.kubernetesCommands(), Effects.KubernetesEntry::command));

  static final Output<Change> CHANGES =
      new Output<>(
          Topics.CHANGES, Change.class, Change::scope, Change::seq, Change::id, Effects::changes);

  static final Output<Checkpoint> CHECKPOINTS =
      new Output<>(
          Topics.CHECKPOINTS,
          Checkpoint.class,
          Checkpoint::scope,
          Checkpoint::seq,
          Output::part,
          Effects::checkpoints);

  /** All, in the order in which a first difference is looked for. */
  static List<Output<?>> all() {
    return List.of(AUDIT, COMMANDS, KUBERNETES_COMMANDS, CHANGES, CHECKPOINTS);
  }

  /** Whether only the newest value of a key is kept, so that others may be gone. */
  boolean compacted() {
    return topic.cleanup() == Topic.Cleanup.COMPACT;
  }

  boolean carriesSeqOfItsTurn() {
    return type != Checkpoint.class;
  }

  private static <E, T> List<T> present(List<E> entries, Function<E, Optional<T>> value) {
    return entries.stream().flatMap(entry -> value.apply(entry).stream()).toList();
  }

  private static String part(Checkpoint record) {
    return switch (record.body()) {
      case Checkpoint.RowKept(var table, var key, _) -> table + "|" + key;
      case Checkpoint.Head _ -> "head";
    };
  }
}
