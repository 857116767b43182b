package dev.penstock.sandbox.conformance.rules;

import dev.penstock.plan.CloudView;
import dev.penstock.plan.Order;
import dev.penstock.plan.StackPlan;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An account in which a plan was carried out, and the shared security group is there. */
final class AppliedCloud implements CloudView {
  private final CloudView before;
  private final Presence others;
  private final Map<ResourceKey, Live> live = new TreeMap<>();
  private final Map<ResourceKey, List<ObjectKey>> wantedBy = new TreeMap<>();
  private final Set<ResourceKey> forgotten = new TreeSet<>();
  private final Set<ResourceKey> held = new TreeSet<>();

  AppliedCloud(CloudView before, StackPlan plan) {
    this(before, new Missing());
    for (var desired : plan.resources()) {
      Order.references(desired.spec()).stream()
          .filter(key -> !key.stack().equals(desired.key().stack()))
          .forEach(key -> live.put(key, shared(key)));
      var id = "id-of-" + desired.key().kind() + "-" + desired.key().id();
      wantedBy.put(desired.key(), desired.wantedBy());
      live.put(desired.key(), live(id, Order.resolve(desired.spec(), this::presence)));
    }
  }

  private AppliedCloud(CloudView before, Presence others) {
    this.before = before;
    this.others = others;
  }

  /** Nothing of the stack was ever read. */
  static AppliedCloud unknown(CloudView before) {
    return new AppliedCloud(before, new Unknown("never read"));
  }

  /** What AWS has by now in place of what was there. */
  void put(Map.Entry<ResourceKey, ? extends Live> seen) {
    live.put(seen.getKey(), seen.getValue());
  }

  /** Whether this is still there is not known any more. */
  void forget(ResourceKey key) {
    forgotten.add(key);
  }

  /** Whatever of this is no longer wanted waits for a person. */
  void hold(ResourceKey key) {
    held.add(key);
  }

  @Override
  public boolean held(ResourceKey resource) {
    return held.contains(resource);
  }

  @Override
  public Presence presence(ResourceKey resource) {
    if (forgotten.contains(resource)) {
      return new Unknown("forgotten");
    }
    return live.containsKey(resource) ? new Present(live.get(resource)) : others;
  }

  @Override
  public List<ResourceKey> known(StackId stack) {
    return live.keySet().stream().filter(key -> key.stack().equals(stack)).toList();
  }

  @Override
  public List<ObjectKey> wantedBy(ResourceKey resource) {
    return wantedBy.getOrDefault(resource, List.of());
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
    return before.named(kind, name);
  }

  @Override
  public Optional<List<HostedZone>> hostedZones() {
    return before.hostedZones();
  }

  static ListenerSpec withDefaultCertificate(ListenerSpec it) {
    return new ListenerSpec(
        it.loadBalancer(),
        it.port(),
        it.protocol(),
        it.defaultActions(),
        it.certificates().stream().limit(1).toList(),
        it.sslPolicy(),
        it.mutualAuthentication(),
        it.attributes(),
        it.tags());
  }

  private static Live shared(ResourceKey key) {
    return new Live.LiveSecurityGroup(
        "sg-shared", new SecurityGroupSpec(key.id(), "", "", List.of(), Map.of()));
  }

  private static Live live(String id, ResourceSpec desired) {
    return switch (desired) {
      case LoadBalancerSpec spec ->
          new Live.LiveLoadBalancer(id, spec, "dns", "Z1", "vpc", "active", "");
      case ListenerSpec spec -> new Live.LiveListener(id, spec);
      case ListenerRuleSpec spec -> new Live.LiveListenerRule(id, spec);
      case TargetGroupSpec spec -> new Live.LiveTargetGroup(id, spec, List.of(), Optional.empty());
      case SecurityGroupSpec spec -> new Live.LiveSecurityGroup(id, spec);
      case SecurityGroupRulesSpec spec -> new Live.LiveSecurityGroupRules(id, spec);
      case CertificateSpec spec ->
          new Live.LiveCertificate(id, spec, "ISSUED", "", List.of(), Optional.empty());
      case ProtectionSpec spec -> new Live.LiveProtection(id, spec, "");
      case RecordNameSpec spec -> new Live.LiveRecordName(id, spec);
    };
  }
}
