package dev.penstock.plan.ingress;

import dev.penstock.plan.AttributeDefaults;
import dev.penstock.plan.ingress.Standing.Weight;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.names.StackTags;
import dev.penstock.plan.network.SubnetChoice;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The load balancer of a group with its security groups and subnets (LBC 1.1, 4.11, 4.12). */
final class LoadBalancerBuilder {
  /** The reason that the first member is given for what only an explicit value takes away. */
  static final String SETTING_KEPT = "SettingKept";

  private static final String OWN_LOAD_BALANCER = "own-load-balancer";
  private static final String INTERNET_FACING = "internet-facing";

  /**
   * What the other builders need of it. {@code backendSource} is absent when nobody manages it;
   * {@code tags} are those that members gave.
   */
  record Built(
      ResourceKey key,
      LoadBalancerSpec spec,
      Map<String, String> tags,
      Optional<Permission.Source> backendSource) {

    boolean dualStack() {
      return spec.ipAddressType().startsWith("dualstack");
    }
  }

  /** Subnets as one member asks for them; lists compare without regard to order. */
  private record SubnetClaim(boolean byClass, TreeSet<String> ids, Map<String, List<String>> tags) {

    @Override
    public String toString() {
      return (tags.isEmpty() ? ids : tags) + (byClass ? " by the class" : "");
    }
  }

  private final StackDraft draft;
  private final List<Participant> participants;
  private final List<GroupListener> listeners;
  private final Network network;
  private final Standing standing;
  private final ResourceKey key;
  private final Optional<LoadBalancerSpec> live;
  private final LiveStack stack;

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
    this.stack = new LiveStack(draft);
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
        standing
            .settleSetting(
                "scheme",
                Weight.HELD_BACK,
                participants,
                LoadBalancerSettings::scheme,
                stack.loadBalancer(spec -> Optional.of(spec.scheme())))
            .orElse(draft.settings().defaultLoadBalancerScheme());
    var addressType =
        standing
            .settleSetting(
                "ip-address-type",
                Weight.TOLD,
                participants,
                LoadBalancerSettings::ipAddressType,
                stack.loadBalancer(spec -> Optional.of(spec.ipAddressType())))
            .orElse("ipv4");
    boolean dualStack = addressType.startsWith("dualstack");
    var subnets = subnets(scheme, dualStack);
    var groups = new LoadBalancerGroups(draft, participants, listeners, network).write(dualStack);
    if (subnets.isEmpty() || groups.isEmpty()) {
      return Optional.empty();
    }
    var tags =
        standing.settleEach(
            "tag",
            participants,
            Participant::tags,
            stack.tag(ResourceKind.LOAD_BALANCER, StackNames.LOAD_BALANCER));
    var spec =
        new LoadBalancerSpec(
            name(scheme),
            "application",
            scheme,
            addressType,
            subnets.get(),
            groups.get().links(),
            customerOwnedPool(),
            ipamPool(),
            capacity(),
            attributes(),
            draft.tags(key.id(), tags),
            List.of());
    draft.want(key, spec, participants.stream().map(Participant::member).toList(), divergence());
    return Optional.of(new Built(key, spec, tags, groups.get().backendSource()));
  }

  /** Of one that must be replaced it is the name that its successor will have. */
  private String name(String scheme) {
    var wanted =
        standing.settleSetting(
            "load-balancer-name",
            Weight.TOLD,
            participants,
            LoadBalancerSettings::name,
            stack.loadBalancer(spec -> Optional.of(spec.name())));
    wanted.ifPresent(name -> tellIfKept(name, scheme));
    return wanted.orElseGet(() -> generated(scheme));
  }

  private String generated(String scheme) {
    var generations = new Generations(draft, ResourceKind.LOAD_BALANCER, StackNames.LOAD_BALANCER);
    IntFunction<String> names = successor -> draft.names().loadBalancer(scheme, successor);
    boolean stays = live.filter(spec -> !spec.scheme().equals(scheme)).isEmpty();
    return stays ? generations.name(names) : generations.next(names);
  }

  /** A changed name alone replaces nothing (design §7, make before break). */
  private void tellIfKept(String wanted, String scheme) {
    live.filter(spec -> spec.scheme().equals(scheme) && !spec.name().equals(wanted))
        .ifPresent(spec ->
            draft.tell(
                claimant(s -> s.name().equals(Optional.of(wanted))).member(),
                "NameKept",
                "load-balancer-name: \""
                    + wanted
                    + "\" waits: AWS cannot rename a load balancer, and a name alone is no reason"
                    + " to replace \""
                    + spec.name()
                    + "\""));
  }

  private Optional<String> customerOwnedPool() {
    return standing.settleSetting(
        "customer-owned-ipv4-pool",
        Weight.TOLD,
        participants,
        LoadBalancerSettings::customerOwnedIpv4Pool,
        stack.loadBalancer(LoadBalancerSpec::customerOwnedIpv4Pool));
  }

  private Optional<String> ipamPool() {
    var inForce = stack.loadBalancer(LoadBalancerSpec::ipv4IpamPoolId);
    return byFirstClass("ipv4IPAMPoolId", LoadBalancerSettings::classIpv4IpamPoolId, inForce)
        .or(() ->
            standing.settleSetting(
                "ipam-ipv4-pool-id",
                Weight.TOLD,
                participants,
                LoadBalancerSettings::ipv4IpamPoolId,
                inForce));
  }

  private Optional<Integer> capacity() {
    var inForce = stack.loadBalancer(LoadBalancerSpec::minimumCapacityUnits);
    return byFirstClass(
            "minimumLoadBalancerCapacity", LoadBalancerSettings::classMinimumCapacityUnits, inForce)
        .or(() ->
            standing.settleSetting(
                "minimum-load-balancer-capacity",
                Weight.TOLD,
                participants,
                LoadBalancerSettings::minimumCapacityUnits,
                inForce));
  }

  /** A value of the class counts for the first member (LBC 3.1), or while it is in force. */
  private <T> Optional<T> byFirstClass(
      String field, Function<LoadBalancerSettings, Optional<T>> claim, InForce<T> inForce) {
    var members = standingOnes();
    return standing.settle(
        field + " of the class",
        Weight.TOLD,
        members,
        p -> {
          var value = claim.apply(p.intent().loadBalancer());
          return p.equals(members.getFirst()) ? value : value.filter(inForce.is());
        },
        inForce);
  }

  private Map<String, String> attributes() {
    var wanted =
        new ClassAttributes(
                p -> p.intent().loadBalancer().attributes(),
                p -> p.intent().loadBalancer().classAttributes())
            .settle(
                standing,
                "load-balancer-attributes",
                participants,
                key -> stack.loadBalancer(spec -> Optional.ofNullable(spec.attributes().get(key))));
    live.map(LoadBalancerSpec::attributes).orElse(Map.of()).entrySet().stream()
        .filter(e -> e.getKey().endsWith(".enabled") && e.getValue().equals("true"))
        .filter(e -> !AttributeDefaults.resettable(e.getKey()) && !wanted.containsKey(e.getKey()))
        .forEach(e -> draft.tellKept(participants, SETTING_KEPT, e.getKey(), "false"));
    return wanted;
  }

  private Optional<List<String>> subnets(String scheme, boolean dualStack) {
    var choice =
        new SubnetChoice(
            network,
            new SubnetChoice.Rules(
                draft.input.registration().lbcName(),
                scheme.equals(INTERNET_FACING),
                dualStack,
                draft.settings().gate("SubnetsClusterTagCheck", true),
                draft.settings().gate("SubnetDiscoveryByReachability", true),
                draft.settings().gate("ALBSingleSubnet", false)));
    var claim =
        standing.settleSetting(
            "subnets",
            Weight.TOLD,
            participants,
            LoadBalancerBuilder::claim,
            stack.loadBalancerThat(spec ->
                c -> c.equals(new SubnetClaim(false, new TreeSet<>(spec.subnets()), Map.of()))));
    if (claim.isPresent()) {
      var claimant = claimant(s -> claim(s).equals(claim));
      var settings = claimant.intent().loadBalancer();
      var chosen =
          settings.subnets().isEmpty()
              ? choice.byTags(settings.subnetTags())
              : settings.subnetsByClass()
                  ? choice.ofClass(settings.subnets())
                  : choice.given(settings.subnets());
      return draft.chosen(
          chosen, List.of(claimant), "InvalidSubnets", live.map(LoadBalancerSpec::subnets));
    }
    var kept =
        live.filter(spec -> spec.scheme().equals(scheme))
            .filter(spec -> !StackTags.isToBeAdopted(spec.tags()))
            .map(LoadBalancerSpec::subnets);
    return kept.isPresent()
        ? kept
        : draft.chosen(choice.discovered(), standingOnes(), "InvalidSubnets", Optional.empty());
  }

  /**
   * LBC keeps the subnets of the load balancer of the stack that AWS lists first, whatever it is.
   */
  private Optional<String> divergence() {
    boolean asked =
        standingOnes().stream().anyMatch(p -> claim(p.intent().loadBalancer()).isPresent());
    boolean beside =
        draft.input.cloud().known(draft.input.stack()).stream()
            .anyMatch(k -> k.kind() == ResourceKind.LOAD_BALANCER && !k.equals(key));
    return beside && !asked ? Optional.of(OWN_LOAD_BALANCER) : Optional.empty();
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

  private List<Participant> standingOnes() {
    return participants.stream().filter(Participant::standing).toList();
  }

  private Participant claimant(Function<LoadBalancerSettings, Boolean> claims) {
    return standingOnes().stream()
        .filter(p -> claims.apply(p.intent().loadBalancer()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a settled value without claimant"));
  }
}
