package dev.penstock.plan.targets;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.targets.TargetsIntent.Selected;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Registered;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of one target group up to what its cluster shows now. A row outlives its endpoint
 * while AWS has the target, so that a pod that is gone can be told from one that is no longer
 * selected.
 */
public final class TargetTable {
  private final TargetBinding binding;
  private final ClusterView cluster;
  private final boolean listed;

  public TargetTable(TargetBinding binding, ClusterView cluster) {
    this.binding = binding;
    this.cluster = cluster;
    this.listed = Targets.isListed(binding, cluster);
  }

  /** The rows from now on, in the order of their targets; a row that is left out is removed. */
  public List<TargetRow> merge(TargetsIntent.Resolved intent, List<TargetRow> before, Instant now) {
    var rows = new TreeMap<String, TargetRow>();
    before.forEach(row -> rows.put(row.target().toString(), row));
    var shown = new TreeMap<String, Selected>();
    intent.endpoints().forEach(selected -> shown.put(selected.target().toString(), selected));
    var servers = servers(intent);
    rows.replaceAll((target, row) ->
        shown.containsKey(target)
            ? row
            : replaced(row, servers.get(row.target().address())).orElseGet(() -> unseen(row)));
    shown.forEach((target, selected) ->
        rows.merge(
            target,
            new TargetRow(selected.target(), Optional.of(selected.endpoint()), Optional.empty()),
            (row, fresh) -> new TargetRow(fresh.target(), fresh.endpoint(), row.registered())));
    return rows.values().stream().filter(TargetTable::stays).map(row -> dated(row, now)).toList();
  }

  /** By address, the endpoints that AWS must know by the id of their server. */
  private static Map<String, Endpoint> servers(TargetsIntent.Resolved intent) {
    var servers = new TreeMap<String, Endpoint>();
    for (var selected : intent.endpoints()) {
      if (selected.target().quicServerId().isPresent()) {
        servers.put(selected.target().address(), selected.endpoint());
      }
    }
    return servers;
  }

  /** The address has another server by now: the one that AWS knows there is gone. */
  private static Optional<TargetRow> replaced(TargetRow row, @Nullable Endpoint server) {
    return Optional.ofNullable(server)
        .map(s -> IpTargets.standing(row.endpoint().orElse(s), Standing.GONE))
        .map(gone -> new TargetRow(row.target(), Optional.of(gone), row.registered()));
  }

  /** While the endpoints cannot be told, only what is gone for certain changes (I2). */
  public List<TargetRow> unresolved(List<TargetRow> before) {
    return before.stream().map(this::goneOrAsBefore).toList();
  }

  /** The cluster does not show it; unless all could be listed, that says nothing (I2). */
  private TargetRow unseen(TargetRow row) {
    return listed ? withdrawn(row) : goneOrAsBefore(row);
  }

  private TargetRow goneOrAsBefore(TargetRow row) {
    var after = withdrawn(row);
    return isGone(after) ? after : row;
  }

  private static boolean isGone(TargetRow row) {
    return row.endpoint().filter(e -> e.standing() == Standing.GONE).isPresent();
  }

  private TargetRow withdrawn(TargetRow row) {
    return new TargetRow(row.target(), row.endpoint().map(e -> fate(row, e)), row.registered());
  }

  private Endpoint fate(TargetRow row, Endpoint endpoint) {
    var found = cluster.find(key(endpoint));
    if (found.orElse(null) instanceof Malformed unread
        && (unread.metadata().uid().isEmpty()
            || unread.metadata().uid().equals(endpoint.podUid()))) {
      return endpoint;
    }
    if (found.isEmpty() && !cluster.isListed(key(endpoint).kind())) {
      return endpoint;
    }
    if (found.isEmpty() || !found.get().metadata().uid().equals(endpoint.podUid())) {
      return IpTargets.standing(endpoint, Standing.GONE);
    }
    return fate(row, endpoint, found.get());
  }

  private static Endpoint fate(TargetRow row, Endpoint endpoint, KubernetesObject object) {
    if (object instanceof Pod pod) {
      if (ended(pod) || !pod.ips().isEmpty() && !pod.ips().contains(row.target().id())) {
        return IpTargets.standing(endpoint, Standing.GONE);
      }
      boolean terminating = pod.metadata().deleted().isPresent();
      boolean ready = IpTargets.is(pod, "Ready");
      return new Endpoint(
          endpoint.podNamespace(),
          endpoint.podName(),
          endpoint.podUid(),
          endpoint.nodeName(),
          ready,
          terminating,
          ready,
          terminating ? Standing.TERMINATING : ready ? Standing.DESELECTED : Standing.UNREADY);
    }
    boolean leaving = object instanceof Node node && node.metadata().deleted().isPresent();
    return IpTargets.standing(endpoint, leaving ? Standing.TERMINATING : Standing.DESELECTED);
  }

  private static boolean ended(Pod pod) {
    return pod.phase().equals("Succeeded") || pod.phase().equals("Failed");
  }

  private ObjectKey key(Endpoint endpoint) {
    return endpoint.podNamespace().isEmpty()
        ? new ObjectKey(binding.cluster(), ObjectKind.NODE, "", endpoint.podName())
        : new ObjectKey(
            binding.cluster(), ObjectKind.POD, endpoint.podNamespace(), endpoint.podName());
  }

  private static boolean stays(TargetRow row) {
    return row.registered().isPresent()
        || row.endpoint().filter(e -> e.standing() == Standing.WANTED).isPresent();
  }

  /** Notes since when a target is not selected, for the bound of its wait. */
  private static TargetRow dated(TargetRow row, Instant now) {
    boolean deselected = row.endpoint().map(e -> e.standing() == Standing.DESELECTED).orElse(true);
    return new TargetRow(
        row.target(),
        row.endpoint(),
        row.registered()
            .map(r ->
                new Registered(
                    r.health(),
                    r.position(),
                    r.at(),
                    !deselected
                        ? 0
                        : r.deselectedSinceMillis() == 0
                            ? now.toEpochMilli()
                            : r.deselectedSinceMillis())));
  }
}
