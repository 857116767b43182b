package dev.penstock.streams.fold;

import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * What goes with a resource that we deleted: guards, listeners and their rules with a load balancer
 * (AWS API: DeleteLoadBalancer), rules with a listener, registrations with a target group.
 */
final class Cascades {
  private Cascades() {}

  static void deleted(Turn turn, ResourceKey key, Live live, Horizon horizon) {
    switch (live) {
      case Live.LiveLoadBalancer _ -> below(turn, key, live.id(), horizon);
      case Live.LiveListener _ -> below(turn, key, live.id(), horizon);
      case Live.LiveTargetGroup _ -> registrations(turn, key);
      case Live.LiveListenerRule _,
          Live.LiveSecurityGroup _,
          Live.LiveSecurityGroupRules _,
          Live.LiveCertificate _,
          Live.LiveProtection _,
          Live.LiveRecordName _ -> {}
    }
  }

  /** What guarded a load balancer that is not among what is there went with it. */
  static void unguarded(Turn turn, StackId stack, List<String> there, Horizon horizon) {
    var prefix = stack + "|" + ResourceKind.PROTECTION.text() + "|";
    for (var entry : turn.scan(Table.OBSERVED, prefix)) {
      Observed.live(entry.row())
          .flatMap(live -> parent(live.spec()))
          .filter(id -> !there.contains(id))
          .ifPresent(_ -> Observations.missing(turn, ResourceKey.parse(entry.key()), horizon));
    }
  }

  private static void below(Turn turn, ResourceKey key, String id, Horizon horizon) {
    for (var entry : turn.scan(Table.OBSERVED, key.stack() + "|")) {
      Observed.live(entry.row())
          .filter(child -> parent(child.spec()).filter(id::equals).isPresent())
          .ifPresent(child -> {
            var childKey = ResourceKey.parse(entry.key());
            Observations.missing(turn, childKey, horizon);
            if (childKey.kind() == ResourceKind.LISTENER) {
              below(turn, childKey, child.id(), horizon);
            }
          });
    }
  }

  private static Optional<String> parent(ResourceSpec spec) {
    return switch (spec) {
      case ListenerSpec listener -> id(listener.loadBalancer());
      case ListenerRuleSpec rule -> id(rule.listener());
      case ProtectionSpec protection -> id(protection.loadBalancer());
      case LoadBalancerSpec _,
          TargetGroupSpec _,
          SecurityGroupSpec _,
          SecurityGroupRulesSpec _,
          CertificateSpec _,
          RecordNameSpec _ ->
          Optional.empty();
    };
  }

  private static Optional<String> id(Link link) {
    return switch (link) {
      case Link.Known(var id) -> Optional.of(id);
      case Link.Ref _ -> Optional.empty();
    };
  }

  private static void registrations(Turn turn, ResourceKey group) {
    for (var entry : turn.scan(Table.TARGETS, group + "|")) {
      var row = entry.row();
      if (row.endpoint().isPresent()) {
        turn.put(
            Table.TARGETS,
            entry.key(),
            new TargetRow(row.target(), row.endpoint(), Optional.empty()));
      } else {
        turn.delete(Table.TARGETS, entry.key());
      }
    }
  }
}
