package dev.penstock.schemas.topic;

import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.table.Checkpoint;
import java.util.List;

/**
 * The topic catalogue. Nothing else spells a topic name. Record i of a scope is in the scope's
 * partition in each.
 */
public final class Topics {
  private static final long DAY = 24L * 60 * 60 * 1000;

  public static final Topic EVENTS =
      new Topic(
          "penstock.events",
          "scope|cluster|Kind|namespace/name or scope|stack|resource",
          Event.class,
          Topic.Cleanup.DELETE,
          0,
          90 * DAY,
          "History: facts, outcomes, claims, ticks, settings, approvals, in the order of"
              + " decisions.");

  public static final Topic COMMANDS =
      new Topic(
          "penstock.commands",
          "scope|stack|resource|lane",
          Command.class,
          Topic.Cleanup.COMPACT,
          0,
          -1,
          "A table: the newest value is the one open command; its tombstone says that it was"
              + " answered.");

  public static final Topic KUBERNETES_COMMANDS =
      new Topic(
          "penstock.kubernetes-commands",
          "scope|cluster|Kind|namespace/name",
          KubernetesCommand.class,
          Topic.Cleanup.COMPACT,
          0,
          -1,
          "A table: the newest value is all that the object needs written; its tombstone says that"
              + " it was answered.");

  public static final Topic AUDIT =
      new Topic(
          "penstock.audit",
          "scope",
          AuditRecord.class,
          Topic.Cleanup.DELETE,
          0,
          400 * DAY,
          "The hash-chained record of every decision and every call.");

  public static final Topic CHANGES =
      new Topic(
          "penstock.changes",
          "scope|resource or object",
          Change.class,
          Topic.Cleanup.DELETE,
          0,
          30 * DAY,
          "The public change stream (CloudEvents).");

  public static final Topic REGISTRY =
      new Topic(
          "penstock.registry",
          "scope/account/region, cluster/name or snapshot/cluster",
          RegistryEntry.class,
          Topic.Cleanup.COMPACT,
          1,
          -1,
          "Which scopes and clusters there are, the partition of each scope, and of which cluster"
              + " a new snapshot is wanted.");

  public static final Topic CHECKPOINTS =
      new Topic(
          "penstock.checkpoints",
          "scope|table|row",
          Checkpoint.class,
          Topic.Cleanup.DELETE,
          0,
          90 * DAY,
          "Rows of a scope with its seq and hash: where replay and rebuild start.");

  public static final Topic DEAD_LETTERS =
      new Topic(
          "penstock.dead-letters",
          "the key of the refused record",
          DeadLetter.class,
          Topic.Cleanup.DELETE,
          0,
          30 * DAY,
          "Records that could not be decoded, with the reason.");

  private Topics() {}

  /** Every topic, in a fixed order. */
  public static List<Topic> all() {
    return List.of(
        EVENTS, COMMANDS, KUBERNETES_COMMANDS, AUDIT, CHANGES, REGISTRY, CHECKPOINTS, DEAD_LETTERS);
  }
}
