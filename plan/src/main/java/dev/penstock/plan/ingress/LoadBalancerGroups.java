package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.network.Choice;
import dev.penstock.plan.network.SecurityGroupChoice;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The security groups of a load balancer (LBC 4.12): those that members name, else one of our own.
 * Who may connect to a live load balancer is never widened by a newcomer.
 */
final class LoadBalancerGroups {
  private static final String INVALID = "InvalidSecurityGroups";

  /** The security groups of the load balancer and from which one backends are reached. */
  record Groups(List<Link> links, Optional<Permission.Source> backendSource) {}

  private final StackDraft draft;
  private final List<Participant> participants;
  private final List<GroupListener> listeners;
  private final Network network;
  private final Standing standing;
  private final LiveStack live;
  private final Optional<Link> backend;

  LoadBalancerGroups(
      StackDraft draft,
      List<Participant> participants,
      List<GroupListener> listeners,
      Network network) {
    this.draft = draft;
    this.participants = participants;
    this.listeners = listeners;
    this.network = network;
    this.standing = new Standing(draft);
    this.live = new LiveStack(draft);
    this.backend = backendGroup();
  }

  /** Empty when the plan is blocked. */
  Optional<Groups> write(boolean dualStack) {
    var claim =
        standing.settleSetting(
            "security-groups",
            Weight.HELD_BACK,
            participants,
            s -> LoadBalancerReader.nonEmpty(s.securityGroups()),
            live.loadBalancerThat(spec -> claimed -> inForce(spec, claimed)));
    if (claim.isEmpty() || opposed(claim.get())) {
      var managed = new FrontendGroupBuilder(draft, participants, listeners).write(dualStack);
      var links = new ArrayList<Link>(List.of(managed));
      backend.ifPresent(links::add);
      return Optional.of(
          new Groups(links, Optional.of(new Permission.Group(backend.orElse(managed)))));
    }
    return draft
        .chosen(
            SecurityGroupChoice.choose(network, claim.get()),
            claimants(claim.get()),
            INVALID,
            live.loadBalancer()
                .map(spec -> LiveStack.groupsOf(spec, Optional.empty()))
                .map(List::copyOf))
        .flatMap(this::withBackend);
  }

  private boolean inForce(LoadBalancerSpec spec, List<String> claimed) {
    return SecurityGroupChoice.choose(network, claimed) instanceof Choice.Chosen(var ids)
        && LiveStack.groupsOf(spec, backendId()).equals(without(ids, backendId()));
  }

  private static TreeSet<String> without(List<String> ids, Optional<String> id) {
    var rest = new TreeSet<>(ids);
    id.ifPresent(rest::remove);
    return rest;
  }

  /**
   * Named groups make the blocks and prefix lists of all members void. While these are in force, a
   * member that has any must agree by naming groups too.
   */
  private boolean opposed(List<String> claim) {
    var managed = draft.live(draft.key(ResourceKind.SECURITY_GROUP, StackNames.MANAGED_GROUP));
    boolean guarded =
        managed.isPresent()
            && live.loadBalancer()
                .filter(spec -> spec.securityGroups().contains(new Link.Known(managed.get().id())))
                .isPresent();
    var guards =
        participants.stream()
            .filter(p ->
                guarded && p.standing() && p.intent().loadBalancer().securityGroups().isEmpty())
            .filter(p -> p.intent().listeners().stream().anyMatch(LoadBalancerGroups::limits))
            .toList();
    if (guards.isEmpty()) {
      return false;
    }
    for (Participant claimant : claimants(claim)) {
      draft.tell(
          claimant.member(),
          Standing.CONFLICT,
          "security-groups: \""
              + claim
              + "\" is not in force, because "
              + guards.getFirst().member().path()
              + " in the same group limits by inbound-cidrs or prefix lists who may connect");
      draft.holdBack(claimant.member());
    }
    return true;
  }

  private static boolean limits(ListenerSettings listener) {
    return !listener.inboundCidrs().isEmpty() || !listener.prefixLists().isEmpty();
  }

  private Optional<Groups> withBackend(List<String> ids) {
    List<Link> links = new ArrayList<>();
    ids.forEach(id -> links.add(new Link.Known(id)));
    boolean managed =
        standing
            .settleSetting(
                "manage-backend-security-group-rules",
                Weight.TOLD,
                participants,
                LoadBalancerSettings::manageBackendRules,
                live.loadBalancer(spec -> Optional.of(hasBackend(spec))))
            .orElse(draft.settings().enableManageBackendSecurityGroupRules());
    if (!managed) {
      return Optional.of(new Groups(links, Optional.empty()));
    }
    if (backend.isEmpty()) {
      var reason = "backend rules cannot be managed: the shared backend security group is off";
      participants.stream()
          .filter(Participant::standing)
          .forEach(p -> draft.tell(p.member(), INVALID, reason));
      draft.block(reason);
      return Optional.empty();
    }
    if (!links.contains(backend.get())) {
      links.add(backend.get());
    }
    return Optional.of(new Groups(links, Optional.of(new Permission.Group(backend.get()))));
  }

  private boolean hasBackend(LoadBalancerSpec spec) {
    return backendId().filter(id -> spec.securityGroups().contains(new Link.Known(id))).isPresent();
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

  private Optional<String> backendId() {
    return backend.flatMap(link ->
        switch (link) {
          case Link.Known(var id) -> Optional.of(id);
          case Link.Ref(var key) -> draft.live(key).map(Live::id);
        });
  }

  private List<Participant> claimants(List<String> claim) {
    return participants.stream()
        .filter(Participant::standing)
        .filter(p -> p.intent().loadBalancer().securityGroups().equals(claim))
        .toList();
  }
}
