package dev.penstock.streams.preview;

import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.streams.preview.ClusterPlan.Note;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.tables.Tables.Entry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What speaks against a change of a cluster's mode now, in these tables or in a fleet's. */
public record Obstacles(List<Note> obstacles) {
  public Obstacles {
    obstacles = List.copyOf(obstacles);
  }

  /** What may stand beside its own successor. */
  private static final Set<ResourceKind> NUMBERED =
      EnumSet.of(
          ResourceKind.LOAD_BALANCER, ResourceKind.TARGET_GROUP, ResourceKind.SECURITY_GROUP);

  /** Those of a cluster, wherever these tables hold something of it. */
  public static Obstacles of(Tables tables, String cluster, ClusterMode to) {
    return new Obstacles(
        switch (to) {
          case MANAGE -> Unmanaged.of(tables, cluster);
          case RELEASED -> replaced(tables, cluster);
          case SHADOW -> List.of();
        });
  }

  /** Of two that carry one id in LBC's form, LBC would delete one. */
  private static List<Note> replaced(Tables tables, String cluster) {
    var notes = new ArrayList<Note>();
    for (var scope : tables.scan(Table.CLUSTERS, "")) {
      if (scope.row().registration().cluster().equals(cluster)) {
        replaced(tables.scan(Table.OBSERVED, scope.key() + "|ingress|"), notes);
      }
    }
    return notes;
  }

  private static void replaced(List<Entry<ObservedRow>> observed, List<Note> notes) {
    var seen = new HashSet<ResourceKey>();
    for (var entry : observed) {
      var key = ResourceKey.parse(entry.key().substring(entry.key().indexOf('|') + 1));
      if (entry.row().presence() instanceof ObservedRow.Present
          && NUMBERED.contains(key.kind())
          && !seen.add(new ResourceKey(key.stack(), key.kind(), ResourceIds.plain(key.id())))) {
        notes.add(
            new Note(
                key.stack().id(),
                key.kind().text() + " " + ResourceIds.plain(key.id()) + " is being replaced"));
      }
    }
  }
}
