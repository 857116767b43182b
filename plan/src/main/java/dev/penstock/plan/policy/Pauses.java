package dev.penstock.plan.policy;

import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.PauseRow;
import java.util.List;
import java.util.Optional;

/**
 * Which pauses cover a resource (design §7): they stop structure; {@code --all} stops everything.
 */
public final class Pauses {
  private Pauses() {}

  /** The first pause that stops structural writes of the resource. */
  public static Optional<PauseRow> of(ResourceKey key, List<PauseRow> pauses) {
    return pauses.stream().filter(pause -> covers(pause, key)).findFirst();
  }

  /** The first pause that stops even targets, gates and status. */
  public static Optional<PauseRow> ofAll(ResourceKey key, List<PauseRow> pauses) {
    return pauses.stream().filter(PauseRow::all).filter(pause -> covers(pause, key)).findFirst();
  }

  private static boolean covers(PauseRow pause, ResourceKey key) {
    var name = pause.name();
    return switch (pause.kind()) {
      case "scope" -> true;
      case "cluster" -> key.stack().cluster().equals(name);
      case "stack" -> key.stack().id().equals(name) || key.stack().toString().equals(name);
      case "target-group" ->
          key.kind() == ResourceKind.TARGET_GROUP
              && (key.id().equals(name) || key.toString().equals(name));
      case "name" ->
          key.kind() == ResourceKind.RECORD_NAME
              && bare(key.id().substring(key.id().indexOf('/') + 1)).equals(bare(name));
      default -> false;
    };
  }

  private static String bare(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
