package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.network.Choice;
import dev.penstock.plan.network.SecurityGroupChoice;
import dev.penstock.plan.network.SubnetChoice;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The load balancer of a group with its security groups and subnets (LBC 1.1, 4.11, 4.12). */
final class LoadBalancerBuilder {
  private static final String INTERNET_FACING = "internet-facing";

  /** What the other builders need of it. {@code backendSource} is absent when nobody manages it. */
  record Built(ResourceKey key, boolean dualStack, Optional<Permission.Source> backendSource) {}

  /** Subnets as one member asks for them; lists compare without regard to order. */
  private record SubnetClaim(
      boolean byClass, TreeSet<String> ids, Map<String, List<String>> tags) {}

  private final StackDraft draft;
  private final List<Participant> participants;
  private final List<GroupListener> listeners;
  private final Network network;
  private final Standing standing;
  private final ResourceKey key;
  private final Optional<LoadBalancerSpec> live;

  LoadBalancerBuilder(
      StackDraft draft,
      List<Participant> participants,
      List<GroupListener> listeners,
      Network network) {
    this.draft = draft;
    this.participants = participants;
    this.listeners = listeners;
    this.network = network;
    this.standing = new Standing(draft);
    this.key = draft.key(ResourceKind.LOAD_BALANCER, StackNames.LOAD_BALANCER);
    this.live =
        draft
            .live(key)
            .flatMap(l ->
                l instanceof LiveLoadBalancer found ? Optional.of(found.spec()) : Optional.empty());
  }

  /** Empty when the plan is blocked. */
  Optional<Built> build() {
    var scheme =
        settle(
                "scheme",
                Weight.HELD_BACK,
                LoadBalancerSettings::scheme,
                live.map(LoadBalancerSpec::scheme))
            .orElse(draft.settings().defaultLoadBalancerScheme());
    var addressType =
        settle(
                "ip-address-type",
                Weight.TOLD,
                LoadBalancerSettings::ipAddressType,
                live.map(LoadBalancerSpec::ipAddressType))
            .orElse("ipv4");
    boolean dualStack = addressType.startsWith("dualstack");
    var subnets = subnets(scheme, dualStack);
    var groups = securityGroups(dualStack);
    if (subnets.isEmpty() || groups.isEmpty()) {
      return Optional.empty();
    }
    var tags = standing.settleEach("tag", participants, Participant::tags, liveTags());
    draft.want(
        key,
        new LoadBalancerSpec(
            name(scheme),
            "application",
            scheme,
            addressType,
            subnets.get(),
            groups.get().links(),
            settle(
                "customer-owned-ipv4-pool",
                Weight.TOLD,
                LoadBalancerSettings::customerOwnedIpv4Pool,
                live.flatMap(LoadBalancerSpec::customerOwnedIpv4Pool)),
            ipamPool(),
            attributes(),
            draft.tags(key.id(), tags)),
        participants.stream().map(Participant::member).toList());
    return Optional.of(new Built(key, dualStack, groups.get().backendSource()));
  }

  private String name(String scheme) {
    int successor = draft.input.successor(StackNames.LOAD_BALANCER);
    return settle(
            "load-balancer-name",
            Weight.TOLD,
            LoadBalancerSettings::name,
            live.map(LoadBalancerSpec::name))
        .orElseGet(() -> draft.names().loadBalancer(scheme, successor));
  }

  /** The pool of the class counts for the first member of the group only (LBC 3.1). */
  private Optional<String> ipamPool() {
    return standingOnes().stream()
        .findFirst()
        .flatMap(p -> p.intent().loadBalancer().classIpv4IpamPoolId())
        .or(() ->
            settle(
                "ipam-ipv4-pool-id",
                Weight.TOLD,
                LoadBalancerSettings::ipv4IpamPoolId,
                live.flatMap(LoadBalancerSpec::ipv4IpamPoolId)));
  }

  private Map<String, String> attributes() {
    var first = participants.stream().filter(Participant::standing).findFirst();
    return ClassAttributes.settle(
        standing,
        "load-balancer-attributes",
        participants,
        p -> p.intent().loadBalancer().attributes(),
        first.map(p -> p.intent().loadBalancer().classAttributes()).orElse(Map.of()),
        live.map(LoadBalancerSpec::attributes).orElse(Map.of()));
  }

  private Map<String, String> liveTags() {
    return live.map(LoadBalancerSpec::tags).orElse(Map.of());
  }

  private Optional<List<String>> subnets(String scheme, boolean dualStack) {
    var choice =
        new SubnetChoice(
            network,
            new SubnetChoice.Rules(
                draft.input.registration().lbcName(),
                scheme.equals(INTERNET_FACING),
                dualStack,
                draft.gate("SubnetsClusterTagCheck", true),
                draft.gate("SubnetDiscoveryByReachability", true),
                draft.gate("ALBSingleSubnet", false)));
    var claim =
        settle(
            "subnets",
            Weight.TOLD,
            LoadBalancerBuilder::claim,
            live.map(spec -> new SubnetClaim(false, new TreeSet<>(spec.subnets()), Map.of())));
    if (claim.isPresent()) {
      var claimant = claimant(s -> claim(s).equals(claim));
      var settings = claimant.intent().loadBalancer();
      var chosen =
          settings.subnets().isEmpty()
              ? choice.byTags(settings.subnetTags())
              : settings.subnetsByClass()
                  ? choice.ofClass(settings.subnets())
                  : choice.given(settings.subnets());
      return ids(chosen, List.of(claimant), "InvalidSubnets", live.map(LoadBalancerSpec::subnets));
    }
    var kept = live.filter(spec -> spec.scheme().equals(scheme)).map(LoadBalancerSpec::subnets);
    return kept.isPresent()
        ? kept
        : ids(choice.discovered(), standingOnes(), "InvalidSubnets", Optional.empty());
  }

  private static Optional<SubnetClaim> claim(LoadBalancerSettings settings) {
    return settings.subnetsGiven()
        ? Optional.of(
            new SubnetClaim(
                settings.subnetsByClass(),
                new TreeSet<>(settings.subnets()),
                settings.subnetTags()))
        : Optional.empty();
  }

  /** The security groups of the load balancer and from which one backends are reached. */
  private record Groups(List<Link> links, Optional<Permission.Source> backendSource) {}

  private Optional<Groups> securityGroups(boolean dualStack) {
    var claim =
        settle(
            "security-groups",
            Weight.HELD_BACK,
            s -> LoadBalancerReader.nonEmpty(s.securityGroups()),
            Optional.empty());
    Optional<Link> backend = backendGroup();
    if (claim.isEmpty()) {
      var managed = new FrontendGroupBuilder(draft, participants, listeners).write(dualStack);
      var links = new ArrayList<Link>(List.of(managed));
      backend.ifPresent(links::add);
      return Optional.of(
          new Groups(links, Optional.of(new Permission.Group(backend.orElse(managed)))));
    }
    var claimant = claimant(s -> s.securityGroups().equals(claim.get()));
    var known =
        live.map(spec ->
            spec.securityGroups().stream()
                .flatMap(l ->
                    l instanceof Link.Known(var id)
                        ? List.of(id).stream()
                        : List.<String>of().stream())
                .toList());
    var ids =
        ids(
            SecurityGroupChoice.choose(network, claim.get()),
            List.of(claimant),
            "InvalidSecurityGroups",
            known);
    return ids.flatMap(found -> withBackend(found, backend));
  }

  private Optional<Groups> withBackend(List<String> ids, Optional<Link> backend) {
    List<Link> links = new ArrayList<>();
    ids.forEach(id -> links.add(new Link.Known(id)));
    boolean managed =
        settle(
                "manage-backend-security-group-rules",
                Weight.TOLD,
                LoadBalancerSettings::manageBackendRules,
                Optional.empty())
            .orElse(draft.settings().enableManageBackendSecurityGroupRules());
    if (!managed) {
      return Optional.of(new Groups(links, Optional.empty()));
    }
    if (backend.isEmpty()) {
      var reason = "backend rules cannot be managed: the shared backend security group is off";
      tellAll(standingOnes(), "InvalidSecurityGroups", reason);
      draft.block(reason);
      return Optional.empty();
    }
    if (!links.contains(backend.get())) {
      links.add(backend.get());
    }
    return Optional.of(new Groups(links, Optional.of(new Permission.Group(backend.get()))));
  }

  /** The shared group belongs to the stack of the whole cluster. */
  private Optional<Link> backendGroup() {
    if (!draft.settings().enableBackendSecurityGroup()) {
      return Optional.empty();
    }
    var given = draft.settings().backendSecurityGroup();
    var shared = new StackId(draft.input.stack().cluster(), StackKind.SHARED, "");
    return Optional.of(
        given.isEmpty()
            ? new Link.Ref(
                new ResourceKey(shared, ResourceKind.SECURITY_GROUP, StackNames.BACKEND_GROUP))
            : new Link.Known(given));
  }

  /** A choice that cannot be made keeps what is live; where nothing is live the plan is blocked. */
  private Optional<List<String>> ids(
      Choice choice, List<Participant> atFault, String reason, Optional<List<String>> kept) {
    return switch (choice) {
      case Choice.Chosen(var ids) -> Optional.of(ids);
      case Choice.Refused(var why) -> {
        tellAll(atFault, reason, why);
        if (kept.isEmpty()) {
          draft.block(why);
        }
        yield kept;
      }
    };
  }

  private void tellAll(List<Participant> members, String reason, String message) {
    members.forEach(p -> draft.tell(p.member(), reason, message));
  }

  private List<Participant> standingOnes() {
    return participants.stream().filter(Participant::standing).toList();
  }

  private Participant claimant(Function<LoadBalancerSettings, Boolean> claims) {
    return standingOnes().stream()
        .filter(p -> claims.apply(p.intent().loadBalancer()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a settled value without claimant"));
  }

  private <T> Optional<T> settle(
      String what,
      Weight weight,
      Function<LoadBalancerSettings, Optional<T>> claim,
      Optional<T> inForce) {
    return standing.settle(
        what, weight, participants, p -> claim.apply(p.intent().loadBalancer()), inForce);
  }
}
