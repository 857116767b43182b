package dev.penstock.streams.tables;

import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.CheckpointRow;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.InventoryRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.OpenKubernetesRow;
import dev.penstock.schemas.table.OpenRow;
import dev.penstock.schemas.table.PauseRow;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.table.ScanRow;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TenureRow;
import dev.penstock.schemas.table.TimerRow;
import dev.penstock.schemas.table.VerdictRow;
import java.util.List;

/** The name of a table and the type of its rows. Every key begins with the scope and a bar. */
public record Table<R extends Row>(String name, Class<R> type) {
  /** By cluster. */
  public static final Table<ClusterRow> CLUSTERS = new Table<>("clusters", ClusterRow.class);

  /** By object key. */
  public static final Table<ObjectRow> OBJECTS = new Table<>("objects", ObjectRow.class);

  /** Indexes: who looked up what, and which slices belong to a Service. */
  public static final Table<ReferenceRow> REFERENCES =
      new Table<>("references", ReferenceRow.class);

  /** By the member's object key. */
  public static final Table<MemberRow> INTENTS = new Table<>("intents", MemberRow.class);

  /** By the target group's resource key. */
  public static final Table<BindingRow> BINDINGS = new Table<>("bindings", BindingRow.class);

  /** By the target group's resource key and the target. */
  public static final Table<TargetRow> TARGETS = new Table<>("targets", TargetRow.class);

  /** By resource key. */
  public static final Table<DesiredRow> DESIRED = new Table<>("desired", DesiredRow.class);

  /** By resource key. */
  public static final Table<ObservedRow> OBSERVED = new Table<>("observed", ObservedRow.class);

  /** By command key. */
  public static final Table<OpenRow> OPEN = new Table<>("open", OpenRow.class);

  /** By object key. */
  public static final Table<OpenKubernetesRow> OPEN_KUBERNETES =
      new Table<>("open-kubernetes", OpenKubernetesRow.class);

  /** By resource key. */
  public static final Table<VerdictRow> VERDICTS = new Table<>("verdicts", VerdictRow.class);

  /** By the part's name: {@code network|vpc}, {@code certificates}, {@code zones}. */
  public static final Table<InventoryRow> INVENTORY = new Table<>("inventory", InventoryRow.class);

  /** By host, stack and member: on the claimant's side and on the DNS side. */
  public static final Table<ClaimRow> CLAIMS = new Table<>("claims", ClaimRow.class);

  /** By hold id. */
  public static final Table<HoldRow> HOLDS = new Table<>("holds", HoldRow.class);

  /** By due time and by subject. */
  public static final Table<TimerRow> TIMERS = new Table<>("timers", TimerRow.class);

  /** By the record that made it dirty and by subject. */
  public static final Table<DirtyRow> DIRTY = new Table<>("dirty", DirtyRow.class);

  /** One row a scope. */
  public static final Table<SettingsRow> SETTINGS = new Table<>("settings", SettingsRow.class);

  /** By kind and name of what stands still. */
  public static final Table<PauseRow> PAUSES = new Table<>("pauses", PauseRow.class);

  /** By stack. */
  public static final Table<StackRow> STACKS = new Table<>("stacks", StackRow.class);

  /** {@code aws}, or a cluster for its Kubernetes applier. */
  public static final Table<TenureRow> TENURES = new Table<>("tenures", TenureRow.class);

  /** By {@code cluster|name} and {@code zone|id}. */
  public static final Table<ScanRow> SCANS = new Table<>("scans", ScanRow.class);

  /** One row while a checkpoint is being written. */
  public static final Table<CheckpointRow> CHECKPOINT =
      new Table<>("checkpoint", CheckpointRow.class);

  /** Rows that changed before their turn in the checkpoint: their old values are written. */
  public static final Table<ReferenceRow> COPIED = new Table<>("copied", ReferenceRow.class);

  /** One row a scope. */
  public static final Table<ChainRow> CHAIN = new Table<>("chain", ChainRow.class);

  /** Every table, in a fixed order. */
  public static List<Table<? extends Row>> all() {
    return List.of(
        CLUSTERS,
        OBJECTS,
        REFERENCES,
        INTENTS,
        BINDINGS,
        TARGETS,
        DESIRED,
        OBSERVED,
        OPEN,
        OPEN_KUBERNETES,
        VERDICTS,
        INVENTORY,
        CLAIMS,
        HOLDS,
        TIMERS,
        DIRTY,
        SETTINGS,
        PAUSES,
        STACKS,
        TENURES,
        SCANS,
        CHECKPOINT,
        COPIED,
        CHAIN);
  }

  /** The table of that name. */
  public static Table<? extends Row> named(String name) {
    return all().stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such table: " + name));
  }
}
