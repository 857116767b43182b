package dev.penstock.sandbox.conformance.rules;

import dev.penstock.plan.CloudView;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ObservedRow.Presence;
import java.util.List;
import java.util.Optional;

/** An account of which no name was looked up yet. */
record UnaskedCloud(CloudView before) implements CloudView {
  @Override
  public Presence presence(ResourceKey resource) {
    return before.presence(resource);
  }

  @Override
  public List<ResourceKey> known(StackId stack) {
    return before.known(stack);
  }

  @Override
  public Optional<Network> network(String vpcId) {
    return before.network(vpcId);
  }

  @Override
  public Optional<List<Certificate>> certificates() {
    return before.certificates();
  }

  @Override
  public Optional<Named> named(Named.Kind kind, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<List<HostedZone>> hostedZones() {
    return before.hostedZones();
  }
}
