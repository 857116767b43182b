package dev.penstock.plan.shared;

import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.Networking;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.Peer;
import dev.penstock.schemas.table.TargetRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who must reach the endpoints of one binding, and these endpoints. {@code computed}: the rows are
 * those of a cluster that was listed completely, and its intent was resolved; until every binding
 * is computed nothing is revoked (LBC 4.13).
 */
public record BindingAccess(
    TargetBinding binding, List<BackendAccess> accesses, List<TargetRow> rows, boolean computed) {

  /** What the networking part of a user-made TargetGroupBinding asks for. */
  public static List<BackendAccess> of(TargetBinding binding) {
    var accesses = new ArrayList<BackendAccess>();
    for (var rule : binding.networking().map(Networking::ingress).orElse(List.of())) {
      for (var peer : rule.from()) {
        source(peer)
            .ifPresent(source ->
                accesses.add(new BackendAccess(binding.targetGroup(), source, rule.ports())));
      }
    }
    return List.copyOf(accesses);
  }

  /**
   * Whether traffic may still come to the target: it should be registered, or it is and its pod
   * lives. The way to it is closed only afterwards.
   */
  public static boolean reaches(TargetRow row) {
    return row.endpoint().map(TargetRow.Endpoint::standing).stream()
        .anyMatch(standing ->
            switch (standing) {
              case WANTED -> true;
              case TERMINATING, UNREADY, DESELECTED -> row.registered().isPresent();
              case GONE -> false;
            });
  }

  private static Optional<Permission.Source> source(Peer peer) {
    return peer.securityGroupId()
        .<Permission.Source>map(id -> new Permission.Group(new Link.Known(id)))
        .or(() ->
            peer.cidr()
                .map(cidr ->
                    cidr.indexOf(':') >= 0
                        ? new Permission.CidrV6(cidr)
                        : new Permission.Cidr(cidr)));
  }
}
