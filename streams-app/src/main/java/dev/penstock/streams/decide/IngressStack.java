package dev.penstock.streams.decide;

import dev.penstock.plan.Order;
import dev.penstock.plan.Ownership;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.ingress.IngressStacks;
import dev.penstock.plan.ingress.StackInput;
import dev.penstock.plan.shared.SharedPlan;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.streams.fold.FoundRules;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.ClusterNames;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One IngressGroup from its members to commands, statuses and claims. */
final class IngressStack {
  private final Turn turn;
  private final StackId stack;
  private final ClusterRow cluster;
  private final Cause cause;

  private IngressStack(Turn turn, StackId stack, ClusterRow cluster, Cause cause) {
    this.turn = turn;
    this.stack = stack;
    this.cluster = cluster;
    this.cause = cause;
  }

  static void plan(Turn turn, StackId stack, Cause cause) {
    Modes.concluding(turn, stack.cluster())
        .ifPresent(row -> new IngressStack(turn, stack, row, cause).plan());
  }

  private void plan() {
    var holds = new Holds(turn, stack);
    var moves = new Moves(turn, stack);
    var held = new HeldMembers(turn, stack, holds);
    var members =
        held.planned(moves.planned(Intents.members(turn, stack), cluster.mode()), cluster.mode());
    var row = Stacks.row(turn, stack);
    var cloud = new CloudSight(turn);
    var input =
        new StackInput(
            stack,
            cluster.registration(),
            members,
            cloud,
            row.successors(),
            turn.settings().quotas());
    var planned = Stacks.guarded(turn, stack, () -> build(input));
    if (planned.isEmpty()) {
      return;
    }
    var plan = planned.get();
    var referred = SharedStack.refers(turn, stack);
    if (plan.blockedOn().isEmpty()) {
      Desires.keep(turn, stack, plan.resources(), cause);
      Bindings.keep(turn, stack, plan.bindings(), plan.backendAccess(), cause);
    } else {
      Desires.leave(turn, stack, members, cause);
      Bindings.leave(turn, stack);
    }
    var converge = converge(plan, holds);
    converge.act(order(plan), cause);
    claim(plan, holds);
    var looked = new TreeSet<>(cloud.looked());
    looked.addAll(moves.looked());
    looked.addAll(foreignReferences(plan));
    looked.addAll(Mirrors.write(turn, stack, cause));
    members(row, plan, members);
    held.note();
    holds.close();
    Stacks.succeed(turn, stack, converge.replaced());
    close(looked);
    Lookouts.first(turn, cloud, plan);
    askForShared(referred);
  }

  /**
   * Rules that were found before they were wanted keep their numbers, so they are looked at first.
   */
  private StackPlan build(StackInput input) {
    var plan = IngressStacks.build(input);
    return plan.blockedOn().isEmpty() && FoundRules.claim(turn, plan.resources())
        ? IngressStacks.build(input)
        : plan;
  }

  private Converge converge(StackPlan plan, Holds holds) {
    var ownership = ownership(turn, cluster.registration());
    var under = new Converge.Under(cluster.mode(), ownership, List.of());
    return new Converge(turn, stack, under, holds, plan.respaced());
  }

  private void claim(StackPlan plan, Holds holds) {
    var claims = new SentClaims(turn, stack, cluster.registration().dnsScopes(), holds);
    if (cluster.mode() == ClusterMode.MANAGE && plan.blockedOn().isEmpty()) {
      claims.send(plan.claims(), cause);
    } else {
      claims.stay();
    }
  }

  /** The plan's own order; while it is blocked, that in which the wanted rows can be made. */
  private List<ResourceKey> order(StackPlan plan) {
    if (plan.blockedOn().isEmpty()) {
      return plan.resources().stream().map(StackPlan.Desired::key).toList();
    }
    return wanted()
        .map(e -> ResourceKey.parse(e.key()))
        .sorted(Comparator.comparing(ResourceKey::kind).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private Stream<Entry<DesiredRow>> wanted() {
    return turn.scan(Table.DESIRED, stack + "|").stream().filter(e -> e.row().wanted());
  }

  /** What this stack refers to in other stacks, also by what stays while the plan is blocked. */
  private List<String> foreignReferences(StackPlan plan) {
    var specs =
        plan.blockedOn().isEmpty()
            ? plan.resources().stream().map(StackPlan.Desired::spec)
            : wanted().map(e -> e.row().spec());
    return specs
        .flatMap(spec -> Order.references(spec).stream())
        .filter(k -> !k.stack().equals(stack))
        .distinct()
        .map(Lookups::resource)
        .toList();
  }

  /** The backend group is made at once when the first stack refers to it. */
  private void askForShared(boolean referred) {
    var backend = SharedPlan.backendGroup(stack.cluster());
    var refers = SharedStack.refers(turn, stack);
    if (refers && turn.get(Table.DESIRED, backend.toString()).isEmpty()) {
      Dirt.stack(turn, backend.stack(), "a stack refers to the shared backend security group");
    }
    if (referred && !refers) {
      Bindings.shared(turn, stack.cluster());
    }
  }

  private void members(StackRow row, StackPlan plan, List<MemberRow> asPlanned) {
    var planned = new ArrayList<>(plan.problems());
    planned.addAll(TargetProblems.ofMembers(turn, stack));
    var problems = new MemberProblems(turn, stack, row).all(planned);
    var told = new HashSet<>(row.problems());
    var of = new MemberWrites.Planned(asPlanned, plan.statuses());
    var writes = new MemberWrites(turn, stack, of, cause);
    var reached = new HashSet<>(row.problems());
    var mayWrite = cluster.mode() == ClusterMode.MANAGE && !paused();
    var news =
        problems.stream()
            .filter(p -> !told.contains(p))
            .collect(Collectors.groupingBy(StackRow.MemberProblem::member));
    for (var member : Intents.members(turn, stack)) {
      var its = news.getOrDefault(member.current().member(), List.of());
      var events = its.stream().map(StackRow.MemberProblem::problem).toList();
      if (!mayWrite || writes.write(member, events)) {
        reached.addAll(its);
      }
    }
    new MemberProblems(turn, stack, row).keep(problems.stream().filter(reached::contains).toList());
  }

  private boolean paused() {
    return Modes.ofMembers(turn, stack).isPresent();
  }

  /** A stack without members and without resources is forgotten. */
  private void close(TreeSet<String> looked) {
    var over =
        Intents.members(turn, stack).isEmpty()
            && turn.scan(Table.DESIRED, stack + "|", 1).isEmpty()
            && turn.scan(Table.OBSERVED, stack + "|", 1).isEmpty()
            && turn.scan(Table.BINDINGS, stack + "|", 1).isEmpty();
    if (over && turn.scan(Table.CLAIMS, "out|" + stack + "|", 1).isEmpty()) {
      turn.delete(Table.STACKS, stack.toString());
    }
    Lookups.replace(
        turn, Dirt.Kind.STACK, stack.toString(), over ? new TreeSet<>() : withoutOwn(looked));
  }

  /** The stack's own resources make it dirty without being looked up. */
  private TreeSet<String> withoutOwn(TreeSet<String> looked) {
    var own = Lookups.resources(stack);
    looked.removeIf(name -> name.startsWith(own));
    return looked;
  }

  /** The marks by which this cluster's resources are known. */
  static Ownership ownership(Turn turn, ClusterRegistration registration) {
    var controller = registration.controller();
    var backend =
        Knowledge.live(turn, SharedPlan.backendGroup(registration.cluster()))
            .map(Live::id)
            .or(() ->
                controller.backendSecurityGroup().isEmpty()
                    ? Optional.<String>empty()
                    : Optional.of(controller.backendSecurityGroup()));
    return new Ownership(
        registration.lbcName(),
        ClusterNames.former(turn, registration.cluster()),
        turn.settings().dns(),
        controller.externalManagedTags(),
        backend.stream().toList());
  }
}
