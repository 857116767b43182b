package dev.penstock.plan;

import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ObservedRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One scope's AWS as the log shows it. Empty means unknown, never missing. */
public interface CloudView {
  /** What is known of a resource; {@link ObservedRow.Unknown} when nothing is. */
  ObservedRow.Presence presence(ResourceKey resource);

  /** The resources of a stack of which something is known, wanted or not, in the order of keys. */
  List<ResourceKey> known(StackId stack);

  /** The members for whom our log wanted a resource last; empty: nobody remembers any. */
  default List<ObjectKey> wantedBy(ResourceKey resource) {
    return List.of();
  }

  /** Whether the removal of a resource was held when it was last decided on. */
  default boolean held(ResourceKey resource) {
    return false;
  }

  /** The DNS names of load balancers that the stack's host names lead to, in lower case. */
  default Set<String> entrances(StackId stack) {
    return Set.of();
  }

  Optional<Network> network(String vpcId);

  Optional<List<Certificate>> certificates();

  /** What AWS has under a name that somebody gives for a thing that is not ours. */
  Optional<Named> named(Named.Kind kind, String name);

  Optional<List<HostedZone>> hostedZones();
}
