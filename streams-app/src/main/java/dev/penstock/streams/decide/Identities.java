package dev.penstock.streams.decide;

import dev.penstock.plan.Written;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/** By what AWS finds a resource: the id that our log remembers, or the name that it shall have. */
final class Identities {
  private Identities() {}

  /** The id that AWS knows, of what is there or was written last. */
  static Optional<String> id(ResourceKey key, ObservedRow row) {
    if (row.presence() instanceof Present(var live)) {
      return Optional.of(live.id());
    }
    return key.kind() == ResourceKind.SECURITY_GROUP_RULES
        ? Optional.of(key.id())
        : Written.id(row.lastWritten());
  }

  /** The name under which the resource is made, for the kinds that have one. */
  static Optional<String> name(Turn turn, ResourceKey key) {
    return turn.get(Table.DESIRED, key.toString())
        .flatMap(row ->
            switch (row.spec()) {
              case LoadBalancerSpec spec -> Optional.of(spec.name());
              case TargetGroupSpec spec -> Optional.of(spec.name());
              case SecurityGroupSpec spec -> Optional.of(spec.vpcId() + "/" + spec.name());
              case RecordNameSpec spec -> Optional.of(spec.name());
              case SecurityGroupRulesSpec spec -> Optional.of(spec.groupId());
              case CertificateSpec spec ->
                  Optional.ofNullable(spec.tags().get(StackTags.CLUSTER))
                      .map(cluster -> cluster + "/" + spec.names().getFirst());
              case ListenerSpec _, ListenerRuleSpec _, ProtectionSpec _ -> Optional.empty();
            });
  }
}
