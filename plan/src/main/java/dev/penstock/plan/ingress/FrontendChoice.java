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
import dev.penstock.schemas.intent.FrontendSettings;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whether a group has a network load balancer in front, and which (LBC 1.5). What cannot be chosen
 * is told to those who ask for it: what is live stays as it is, else there is none in front, and
 * the load balancer itself is built all the same (I7).
 */
final class FrontendChoice {
  private static final String SILENT_MEMBER = "silent-member";
  private static final String INTERNET_FACING = "internet-facing";
  private static final String ATTRIBUTES = Annotation.FRONTEND_NLB_ATTRIBUTES.key();

  private final StackDraft draft;
  private final List<Participant> participants;
  private final List<GroupListener> listeners;
  private final Network network;
  private final LoadBalancerBuilder.Built behind;
  private final Standing standing;
  private final LiveStack stack;
  private final Optional<LoadBalancerSpec> live;

  FrontendChoice(
      StackDraft draft,
      List<Participant> participants,
      List<GroupListener> listeners,
      Network network,
      LoadBalancerBuilder.Built behind) {
    this.draft = draft;
    this.participants = participants.stream().filter(Participant::standing).toList();
    this.listeners = listeners;
    this.network = network;
    this.behind = behind;
    this.standing = new Standing(draft);
    this.stack = new LiveStack(draft);
    this.live = stack.frontend();
  }

  Optional<Frontend> settle() {
    if (!enabled()) {
      return Optional.empty();
    }
    var speakers = participants.stream().filter(this::isReadable).toList();
    var claims = new Claims(speakers);
    var scheme =
        claims
            .settle(
                "frontend-nlb-scheme",
                Weight.HELD_BACK,
                FrontendSettings::scheme,
                spec -> InForce.equalTo(Optional.of(spec.scheme())))
            .orElse(draft.settings().defaultLoadBalancerScheme());
    var subnets = subnets(claims, scheme);
    var groups = securityGroups(claims);
    var ids = subnets.flatMap(s -> allocationIds(claims, scheme, s.size()));
    if (subnets.isEmpty() || groups.isEmpty() || ids.isEmpty()) {
      return Optional.empty();
    }
    Optional<Map<String, String>> tags =
        claims.settle(
            "frontend-nlb-tags",
            Weight.TOLD,
            s -> nonEmpty(s.tags()),
            spec -> claim -> spec.tags().entrySet().containsAll(claim.entrySet()));
    return Optional.of(
        new Frontend(
            scheme,
            subnets.get(),
            groups.get(),
            ids.get(),
            attributes(claims),
            tags,
            new FrontendPorts(draft, listeners, speakers).settle(),
            divergence(speakers)));
  }

  /** LBC takes a member that says nothing after one that sets attributes for a conflict. */
  private static Optional<String> divergence(List<Participant> speakers) {
    var silent =
        speakers.stream()
            .map(p -> FrontendPorts.settings(p).map(FrontendSettings::attributes))
            .map(attributes -> attributes.orElse(Map.of()).isEmpty())
            .toList();
    int first = silent.indexOf(false);
    return first >= 0 && silent.subList(first, silent.size()).contains(true)
        ? Optional.of(SILENT_MEMBER)
        : Optional.empty();
  }

  /** While the load balancer stands alone, that it stands alone is what is in force. */
  private boolean enabled() {
    InForce<Boolean> inForce =
        switch (stack.presence(ResourceKind.LOAD_BALANCER, StackNames.FRONTEND)) {
          case Unknown _ -> InForce.unknown();
          case Present _ -> new InForce<>(true, wanted -> wanted);
          case Missing _ ->
              new InForce<>(true, wanted -> stack.loadBalancer().isPresent() && !wanted);
        };
    return standing
        .settle(
            Annotation.FRONTEND_NLB.key(),
            Weight.HELD_BACK,
            participants,
            p -> FrontendPorts.settings(p).flatMap(FrontendSettings::enabled),
            inForce)
        .orElse(false);
  }

  /** A member that did not ask for one may have settings that nobody could read. */
  private boolean isReadable(Participant participant) {
    var problems =
        FrontendPorts.settings(participant).map(FrontendSettings::problems).orElse(List.of());
    problems.forEach(problem -> draft.tell(participant.member(), problem));
    return problems.isEmpty();
  }

  private Optional<List<String>> subnets(Claims claims, String scheme) {
    var choice =
        new SubnetChoice(
            network,
            new SubnetChoice.Rules(
                draft.input.registration().lbcName(),
                scheme.equals(INTERNET_FACING),
                behind.dualStack(),
                draft.settings().gate("SubnetsClusterTagCheck", true),
                draft.settings().gate("SubnetDiscoveryByReachability", true),
                true));
    Optional<TreeSet<String>> claim =
        claims.settle(
            "frontend-nlb-subnets",
            Weight.TOLD,
            FrontendChoice::subnetSet,
            spec -> claimed -> claimed.equals(new TreeSet<>(spec.subnets())));
    if (claim.isPresent()) {
      var claimants = claims.by(s -> subnetSet(s).equals(claim));
      var given =
          FrontendPorts.settings(claimants.getFirst())
              .map(FrontendSettings::subnets)
              .orElse(List.of());
      return chosen(choice.given(given), claimants, "InvalidSubnets", LoadBalancerSpec::subnets);
    }
    var kept = live.filter(spec -> spec.scheme().equals(scheme)).map(LoadBalancerSpec::subnets);
    return kept.isPresent()
        ? kept
        : chosen(choice.discovered(), askers(), "InvalidSubnets", LoadBalancerSpec::subnets);
  }

  private Optional<List<Link>> securityGroups(Claims claims) {
    var claim =
        claims.settle(
            "frontend-nlb-security-groups",
            Weight.HELD_BACK,
            s -> LoadBalancerReader.nonEmpty(s.securityGroups()),
            spec ->
                claimed ->
                    SecurityGroupChoice.choose(network, claimed) instanceof Choice.Chosen(var ids)
                        && new TreeSet<>(ids).equals(LiveStack.groupsOf(spec, Optional.empty())));
    if (claim.isEmpty()) {
      return Optional.of(behind.spec().securityGroups());
    }
    return chosen(
            SecurityGroupChoice.choose(network, claim.get()),
            claims.by(s -> s.securityGroups().equals(claim.get())),
            "InvalidSecurityGroups",
            spec -> List.copyOf(LiveStack.groupsOf(spec, Optional.empty())))
        .map(ids -> ids.stream().<Link>map(Link.Known::new).toList());
  }

  /** Addresses are given when the load balancer is made; AWS cannot change them later. */
  private Optional<List<String>> allocationIds(Claims claims, String scheme, int subnets) {
    var claim =
        claims.settle(
            "frontend-nlb-eip-allocations",
            Weight.TOLD,
            s -> LoadBalancerReader.nonEmpty(s.allocationIds()),
            spec -> claimed -> new TreeSet<>(claimed).equals(new TreeSet<>(spec.allocationIds())));
    if (claim.isEmpty()) {
      return Optional.of(List.of());
    }
    Choice choice =
        !scheme.equals(INTERNET_FACING)
            ? new Choice.Refused(
                "frontend-nlb-eip-allocations needs frontend-nlb-scheme: " + INTERNET_FACING)
            : claim.get().size() != subnets
                ? new Choice.Refused(
                    "frontend-nlb-eip-allocations: %d addresses are given for %d subnets"
                        .formatted(claim.get().size(), subnets))
                : new Choice.Chosen(claim.get());
    return chosen(
        choice,
        claims.by(s -> s.allocationIds().equals(claim.get())),
        "InvalidAddresses",
        LoadBalancerSpec::allocationIds);
  }

  private Map<String, String> attributes(Claims claims) {
    Optional<Map<String, String>> settled =
        claims.settle(
            ATTRIBUTES,
            Weight.TOLD,
            s -> nonEmpty(s.attributes()),
            spec -> claim -> spec.attributes().entrySet().containsAll(claim.entrySet()));
    return settled.orElse(Map.of());
  }

  /** What the members say, and what of it is in force. */
  private final class Claims {
    private final List<Participant> speakers;

    Claims(List<Participant> speakers) {
      this.speakers = speakers;
    }

    <T> Optional<T> settle(
        String what,
        Weight weight,
        Function<FrontendSettings, Optional<T>> claim,
        Function<LoadBalancerSpec, Predicate<T>> is) {
      InForce<T> inForce =
          stack.of(
              ResourceKind.LOAD_BALANCER,
              StackNames.FRONTEND,
              found ->
                  found instanceof LiveLoadBalancer balancer
                      ? is.apply(balancer.spec())
                      : _ -> false);
      return standing.settle(
          what, weight, speakers, p -> FrontendPorts.settings(p).flatMap(claim), inForce);
    }

    List<Participant> by(Predicate<FrontendSettings> claims) {
      return speakers.stream()
          .filter(p -> FrontendPorts.settings(p).filter(claims).isPresent())
          .toList();
    }
  }

  private List<Participant> askers() {
    return participants.stream()
        .filter(p -> FrontendPorts.settings(p).flatMap(FrontendSettings::enabled).orElse(false))
        .toList();
  }

  private Optional<List<String>> chosen(
      Choice choice,
      List<Participant> atFault,
      String reason,
      Function<LoadBalancerSpec, List<String>> kept) {
    return switch (choice) {
      case Choice.Chosen(var ids) -> Optional.of(ids);
      case Choice.Refused(var why) -> {
        atFault.forEach(p -> draft.tell(p.member(), reason, "in front: " + why));
        if (stack.presence(ResourceKind.LOAD_BALANCER, StackNames.FRONTEND) instanceof Unknown) {
          draft.block("what stands in front of the load balancer is not known yet");
        }
        yield live.map(kept);
      }
    };
  }

  private static Optional<TreeSet<String>> subnetSet(FrontendSettings settings) {
    return settings.subnets().isEmpty()
        ? Optional.empty()
        : Optional.of(new TreeSet<>(settings.subnets()));
  }

  private static Optional<Map<String, String>> nonEmpty(Map<String, String> map) {
    return map.isEmpty() ? Optional.empty() : Optional.of(map);
  }
}
