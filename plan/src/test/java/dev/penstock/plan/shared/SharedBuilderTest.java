package dev.penstock.plan.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.CloudView;
import dev.penstock.plan.ClusterView;
import dev.penstock.plan.EmptyCluster;
import dev.penstock.plan.Specs;
import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingPort;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules on endpoint security groups (LBC 4.13). */
final class SharedBuilderTest {
  private static final ClusterView CLUSTER =
      new EmptyCluster(
          ClusterRegistration.of("demo", new Scope("1", "r"), "vpc-1"), ScopeSettings.defaults());

  private static final Permission.Source BACKEND = new Permission.Group(new Link.Known("sg-b"));
  private static final Map<String, String> TAGGED = Map.of("kubernetes.io/cluster/demo", "owned");

  @Test
  void allPortsOfOneSourceMakeOneRangeOnTheGroupOfTheEndpoints() {
    var rules =
        rules(
            List.of(),
            access("a", "10.0.0.1", true, BACKEND, 80),
            access("b", "10.0.0.1", true, BACKEND, 90));
    assertEquals(List.of(Specs.shared("sg-b", 80, 90)), rules.get("sg-node"));
  }

  @Test
  void anAddressInsideAPrefixBelongsToItsInterface() {
    var rules = rules(List.of(), access("a", "10.0.9.3", true, BACKEND, 80));
    assertEquals(List.of(Specs.shared("sg-b", 80, 80)), rules.get("sg-node"));
  }

  @Test
  void theInterfaceOfAnInstanceIsNotThatOfAPodThatRunsOnNone() {
    var plan = plan(List.of(), access("a", "10.0.0.3", true, BACKEND, 80));
    assertEquals(1, plan.problems().size());
    assertTrue(plan.problems().getFirst().problem().message().contains("10.0.0.3"));
  }

  @Test
  void ofSeveralGroupsTheTaggedOneGetsTheRule() {
    var rules = rules(List.of(), access("a", "10.0.0.2", true, BACKEND, 80));
    assertEquals(List.of(Specs.shared("sg-b", 80, 80)), rules.get("sg-node"));
    assertTrue(!rules.containsKey("sg-extra"));
  }

  @Test
  void cidrRulesStayOneByOne() {
    var cidr = new Permission.Cidr("10.9.0.0/16");
    var rules =
        rules(
            List.of(),
            access("a", "10.0.0.1", true, cidr, 80),
            access("b", "10.0.0.1", true, cidr, 90));
    assertEquals(2, rules.getOrDefault("sg-node", List.of()).size());
  }

  @Test
  void aTaggedGroupThatNobodyNeedsLosesOurRules() {
    assertEquals(Map.of("sg-node", List.of()), rules(List.of()));
  }

  @Test
  void nothingIsGivenUpWhileABindingIsNotComputed() {
    var there = List.of(Specs.shared("sg-b", 1, 2), Specs.open("0.0.0.0/0", 22));
    var rules =
        rules(
            there,
            access("a", "10.0.0.1", true, BACKEND, 80),
            access("b", "10.0.0.1", false, BACKEND, 90));
    assertEquals(
        List.of(Specs.shared("sg-b", 80, 90), Specs.shared("sg-b", 1, 2)), rules.get("sg-node"));
  }

  @Test
  void anEndpointWithoutInterfaceIsNamed() {
    var plan = plan(List.of(), access("a", "10.7.7.7", true, BACKEND, 80));
    assertEquals(1, plan.problems().size());
    assertTrue(plan.problems().getFirst().problem().message().contains("10.7.7.7"));
  }

  @Test
  void theWayToATargetIsOpenAsLongAsItIsRegisteredAndItsPodLives() {
    var open = List.of(Specs.shared("sg-b", 80, 80));
    assertEquals(open, rules(List.of(), leaving(Standing.TERMINATING, true)).get("sg-node"));
    assertEquals(open, rules(List.of(), leaving(Standing.UNREADY, true)).get("sg-node"));
    assertEquals(open, rules(List.of(), leaving(Standing.DESELECTED, true)).get("sg-node"));
    assertEquals(List.of(), rules(List.of(), leaving(Standing.GONE, true)).get("sg-node"));
    assertEquals(List.of(), rules(List.of(), leaving(Standing.TERMINATING, false)).get("sg-node"));
  }

  private static BindingAccess leaving(Standing standing, boolean registered) {
    var wanted = access("a", "10.0.0.1", true, BACKEND, 80);
    var target = wanted.rows().getFirst().target();
    var endpoint = new Endpoint("apps", "p", "uid", "n1", false, true, true, standing);
    var known =
        new TargetRow.Registered(new TargetHealth(target, "healthy", "", ""), 1, Instant.EPOCH, 0);
    var row =
        new TargetRow(
            target, Optional.of(endpoint), registered ? Optional.of(known) : Optional.empty());
    return new BindingAccess(wanted.binding(), wanted.accesses(), List.of(row), true);
  }

  private static Map<String, List<Permission>> rules(
      List<Permission> there, BindingAccess... bindings) {
    var rules = new TreeMap<String, List<Permission>>();
    for (var desired : plan(there, bindings).resources()) {
      rules.put(desired.key().id(), ((SecurityGroupRulesSpec) desired.spec()).ingress());
    }
    return rules;
  }

  private static SharedPlan plan(List<Permission> there, BindingAccess... bindings) {
    var network =
        new Network(
            "vpc-1",
            List.of("10.0.0.0/8"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new Network.Group("sg-extra", "x", Map.of()),
                new Network.Group("sg-node", "n", TAGGED)));
    var interfaces =
        List.of(
            eni("eni-1", List.of("10.0.0.1"), List.of("10.0.9.0/28"), "sg-node"),
            eni("eni-2", List.of("10.0.0.2"), List.of(), "sg-extra", "sg-node"),
            new Network.NetworkInterface(
                "eni-3",
                Optional.of("i-other"),
                List.of("10.0.0.3"),
                List.of(),
                List.of("sg-node")));
    return SharedBuilder.rules(CLUSTER, new Cloud(there), network, interfaces, List.of(bindings));
  }

  private static Network.NetworkInterface eni(
      String id, List<String> addresses, List<String> prefixes, String... groups) {
    return new Network.NetworkInterface(id, Optional.empty(), addresses, prefixes, List.of(groups));
  }

  private static BindingAccess access(
      String id, String address, boolean computed, Permission.Source source, int port) {
    var key = Specs.key(ResourceKind.TARGET_GROUP, id);
    var binding =
        new TargetBinding(
            key,
            "demo",
            "apps",
            id,
            "web",
            new PortReference.Numbered(80),
            "ip",
            "ipv4",
            "vpc-1",
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            "HTTP");
    var endpoint = new Endpoint("apps", "p", "uid", "n1", true, false, true, Standing.WANTED);
    var row =
        new TargetRow(
            new Target(address, port, Optional.empty()), Optional.of(endpoint), Optional.empty());
    var ports = List.of(new NetworkingPort("TCP", Optional.of(new PortReference.Numbered(port))));
    return new BindingAccess(
        binding, List.of(new BackendAccess(key, source, ports)), List.of(row), computed);
  }

  private record Cloud(List<Permission> there) implements CloudView {
    @Override
    public ObservedRow.Presence presence(ResourceKey resource) {
      return new ObservedRow.Present(
          new LiveSecurityGroupRules("sg-node", new SecurityGroupRulesSpec("sg-node", there)));
    }

    @Override
    public List<ResourceKey> known(StackId stack) {
      return Stream.of(SharedPlan.rules("demo", "sg-node")).filter(_ -> !there.isEmpty()).toList();
    }

    @Override
    public Optional<Network> network(String vpcId) {
      return Optional.empty();
    }

    @Override
    public Optional<List<Certificate>> certificates() {
      return Optional.empty();
    }

    @Override
    public Optional<Named> named(Named.Kind kind, String name) {
      return Optional.empty();
    }

    @Override
    public Optional<List<HostedZone>> hostedZones() {
      return Optional.empty();
    }
  }
}
