package dev.penstock.streams.decide;

import dev.penstock.plan.Differ;
import dev.penstock.plan.Neighbours;
import dev.penstock.plan.Neighbours.Neighbour;
import dev.penstock.plan.Order;
import dev.penstock.plan.Ownership;
import dev.penstock.plan.Removal;
import dev.penstock.plan.Revocations;
import dev.penstock.plan.Verdict;
import dev.penstock.plan.Written;
import dev.penstock.plan.policy.Circumstances;
import dev.penstock.plan.policy.Circumstances.Leaving;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.plan.policy.Policy;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Observed;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Brings one stack's resources towards what is wanted: for each the differ's verdict, then order,
 * policies, and the command. What is made stands first, what goes last.
 */
final class Converge {
  /** The order in which resources of a stack go. */
  private static final List<ResourceKind> LEAVING =
      List.of(
          ResourceKind.RECORD_NAME,
          ResourceKind.PROTECTION,
          ResourceKind.LISTENER_RULE,
          ResourceKind.LISTENER,
          ResourceKind.LOAD_BALANCER,
          ResourceKind.CERTIFICATE,
          ResourceKind.TARGET_GROUP,
          ResourceKind.SECURITY_GROUP_RULES,
          ResourceKind.SECURITY_GROUP);

  private final Turn turn;
  private final StackId stack;
  private final ClusterMode mode;
  private final List<StackId> claimants;
  private final Differ differ;
  private final Acts acts;
  private final Departures departures;
  private final Holds holds;
  private final List<ResourceKey> respaced;
  private final List<ResourceKey> replaced = new ArrayList<>();
  private final Arrivals arrivals;
  private final Map<String, Neighbours> neighbours = new HashMap<>();
  private boolean rewrites;
  private final Strangers strangers;
  private final HandOver handOver;
  private final Adoptions adoptions;

  /**
   * What a stack is decided under: its cluster's mode and marks, and for a DNS name the stacks that
   * claim it.
   */
  record Under(ClusterMode mode, Ownership ownership, List<StackId> claimants) {}

  Converge(Turn turn, StackId stack, Under under, Holds holds, List<ResourceKey> respaced) {
    this.turn = turn;
    this.stack = stack;
    this.mode = under.mode();
    this.claimants = under.claimants();
    this.differ = new Differ(under.ownership());
    this.acts = new Acts(turn, stack);
    this.departures = new Departures(turn, stack, holds);
    this.holds = holds;
    this.respaced = respaced;
    this.arrivals = new Arrivals(turn);
    this.strangers = new Strangers(turn, stack, differ);
    this.handOver = new HandOver(turn, stack, mode);
    this.adoptions = new Adoptions(turn, stack);
  }

  /** Decides on every resource of the stack: the wanted ones in this order, then all others. */
  void act(List<ResourceKey> wanted, Cause cause) {
    strangers.look();
    respaced.stream()
        .filter(listener -> strangers.above(Knowledge.of(turn, listener)).isEmpty())
        .forEach(listener -> acts.respace(listener, cause));
    var moves = handOver.moves();
    moves.forEach((listener, needed) ->
        Knowledge.live(turn, listener)
            .filter(_ -> strangers.above(Knowledge.of(turn, listener)).isEmpty())
            .ifPresent(live -> acts.renumber(listener, live, needed, cause)));
    var others = new TreeSet<>(leavingOrder());
    for (var table : List.of(Table.DESIRED, Table.OBSERVED)) {
      turn.scan(table, stack + "|").forEach(e -> others.add(ResourceKey.parse(e.key())));
    }
    others.removeIf(this::isNobodys);
    wanted.forEach(others::remove);
    var all = new ArrayList<>(wanted);
    all.addAll(others);
    all.forEach(key -> one(key, cause));
    handOver.end(rewrites || !moves.isEmpty());
  }

  /** A backend security group that no stack ever wanted was not left to us. */
  private boolean isNobodys(ResourceKey key) {
    return stack.kind() == StackKind.SHARED
        && key.kind() == ResourceKind.SECURITY_GROUP
        && turn.get(Table.DESIRED, key.toString()).isEmpty();
  }

  /** The resources that may be replaced now: each gets a successor. */
  List<ResourceKey> replaced() {
    return replaced;
  }

  private static Comparator<ResourceKey> leavingOrder() {
    return Comparator.<ResourceKey>comparingInt(k -> LEAVING.indexOf(k.kind()))
        .thenComparing(Comparator.naturalOrder());
  }

  private void one(ResourceKey key, Cause cause) {
    var row = turn.get(Table.DESIRED, key.toString());
    var seen = Knowledge.of(turn, key);
    var spec = row.filter(DesiredRow::wanted).map(DesiredRow::spec).map(this::resolve);
    var plain =
        strangers
            .above(seen)
            .<Verdict>map(Verdict.Foreign::new)
            .orElseGet(() -> differ.diff(key, spec, seen));
    var ordered = ordered(key, row, plain);
    var stays = adoptions.stays(row, seen, ordered);
    var leaving = stays.<Leaving>map(it -> it).orElseGet(() -> leaving(key, row, ordered));
    var restrained = restrained(key, row, seen, ordered, leaving);
    note(key, plain, restrained, leaving);
    var rewritten =
        plain instanceof Verdict.Foreign ? Optional.<Verdict>empty() : handOver.verdict(key, seen);
    rewrites |= rewritten.isPresent();
    var verdict = rewritten.orElseGet(() -> spared(ordered, restrained));
    var shown = acts.act(key, row, seen, verdict, row.map(DesiredRow::cause).orElse(cause));
    spec.ifPresent(wanted -> arrivals.note(key, wanted, seen, shown));
    settle(key, row, seen, spec, plain, shown);
  }

  /** Why what the verdict takes away is no longer wanted. */
  private Leaving leaving(ResourceKey key, Optional<DesiredRow> row, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Delete _ -> departures.of(row);
      case Verdict.Update update when !Revocations.of(update).isEmpty() ->
          departures.ofRules(key, row);
      case Verdict.Create _,
          Verdict.Update _,
          Verdict.Replace _,
          Verdict.InSync _,
          Verdict.Blocked _,
          Verdict.InFlight _,
          Verdict.Waiting _,
          Verdict.Held _,
          Verdict.Foreign _,
          Verdict.Rejected _,
          Verdict.Undecided _ ->
          Departures.nobody();
    };
  }

  /** What is held of an update is what it takes away; the rest is done. */
  private static Verdict spared(Verdict ordered, Verdict restrained) {
    return ordered instanceof Verdict.Update update
            && restrained instanceof Verdict.Held held
            && held.rule() == HoldRule.INFERRED_DELETE
            && !Revocations.of(update).isEmpty()
        ? Revocations.spared(update).<Verdict>map(u -> u).orElse(held)
        : restrained;
  }

  private void note(ResourceKey key, Verdict plain, Verdict verdict, Leaving leaving) {
    var what = key.toString();
    switch (plain) {
      case Verdict.InSync _ -> {}
      case Verdict.Undecided _ -> holds.unsure(what);
      case Verdict.Delete _ -> holds.leaving(what);
      case Verdict.Update _ when leaving instanceof Unasked -> holds.leaving(what);
      case Verdict.Create _,
          Verdict.Update _,
          Verdict.Replace _,
          Verdict.Blocked _,
          Verdict.InFlight _,
          Verdict.Waiting _,
          Verdict.Held _,
          Verdict.Foreign _,
          Verdict.Rejected _ ->
          holds.unsettled(what);
    }
    if (verdict instanceof Verdict.Held held) {
      holds.hold(what, held);
    }
    if (verdict instanceof Verdict.Replace) {
      replaced.add(key);
    }
  }

  private ResourceSpec resolve(ResourceSpec spec) {
    return Order.resolve(spec, strangers::presence);
  }

  /** What must be there, or be gone, first. */
  private Verdict ordered(ResourceKey key, Optional<DesiredRow> row, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Delete delete -> {
        var neighbours = neighbours(key);
        var order = Removal.ordered(key, delete, neighbours);
        yield order instanceof Verdict.Delete
            ? arrivals
                .before(key, row, delete, neighbours)
                .<Verdict>map(b -> b)
                .orElseGet(() -> Successors.ordered(turn, key, row, delete))
            : order;
      }
      case Verdict.Create _, Verdict.Update _, Verdict.Replace _ ->
          row.flatMap(r -> Gates.waits(turn, stack, r))
              .<Verdict>map(w -> w)
              .orElseGet(() -> Frontends.ordered(turn, key, serving(key, verdict)));
      case Verdict.InSync _,
          Verdict.Blocked _,
          Verdict.InFlight _,
          Verdict.Waiting _,
          Verdict.Held _,
          Verdict.Foreign _,
          Verdict.Rejected _,
          Verdict.Undecided _ ->
          verdict;
    };
  }

  /** What still takes requests is neither shut off nor led astray. */
  private Verdict serving(ResourceKey key, Verdict verdict) {
    return verdict instanceof Verdict.Update update
            && key.kind() == ResourceKind.SECURITY_GROUP
            && stack.kind() == StackKind.INGRESS
        ? Listening.of(neighbours(key)).before(update)
        : Redirects.ordered(turn, stack, verdict);
  }

  /** What is there does not change while a stack is decided: it is looked up once. */
  private Neighbours neighbours(ResourceKey key) {
    return neighbours.computeIfAbsent(
        stack.kind() == StackKind.SHARED && key.kind() == ResourceKind.SECURITY_GROUP
            ? stack.cluster() + "|"
            : stack + "|",
        this::neighbours);
  }

  private Neighbours neighbours(String prefix) {
    var found = new ArrayList<Neighbour>();
    for (var entry : turn.scan(Table.OBSERVED, prefix)) {
      if (entry.row().presence() instanceof Present(var live)) {
        var wanted = turn.get(Table.DESIRED, entry.key()).filter(DesiredRow::wanted).isPresent();
        found.add(new Neighbour(ResourceKey.parse(entry.key()), live, wanted));
      }
    }
    return new Neighbours(found);
  }

  private Verdict restrained(
      ResourceKey key,
      Optional<DesiredRow> row,
      ObservedRow seen,
      Verdict verdict,
      Leaving leaving) {
    var unprotected =
        Written.holdsAttribute(seen.lastWritten(), Policy.PROTECTION)
            && row.filter(departures::asked).isPresent();
    var circumstances =
        new Circumstances(
            mode,
            claimants,
            Modes.paused(turn),
            leaving,
            unprotected,
            holds.standing(),
            turn.settings());
    return new Policy(circumstances).filter(key, verdict);
  }

  /** What follows from a verdict beside a command. */
  private void settle(
      ResourceKey key,
      Optional<DesiredRow> row,
      ObservedRow seen,
      Optional<ResourceSpec> spec,
      Verdict plain,
      Verdict shown) {
    switch (seen.presence()) {
      case Present(var live) -> {
        if (plain instanceof Verdict.InSync && spec.isPresent()) {
          Observed.remember(turn, key, Written.remember(seen.lastWritten(), live.id(), spec.get()));
          row.ifPresent(wanted -> Desires.reached(turn, key, wanted));
        }
        if (plain instanceof Verdict.InSync && row.isPresent() && spec.isEmpty()) {
          turn.delete(Table.DESIRED, key.toString());
          turn.delete(Table.VERDICTS, key.toString());
        }
        if (Reads.awaited(turn, key, live).isPresent()) {
          look(key, Reads.pollMillis(turn, live));
        }
      }
      case Missing _ -> {
        if (row.filter(DesiredRow::wanted).isEmpty() && !(shown instanceof Verdict.InFlight)) {
          forget(key);
        }
      }
      case Unknown _ -> look(key, 0);
    }
  }

  /** An unknown resource is read by itself once the scan of its scope is over. */
  private void look(ResourceKey key, long millis) {
    var mustWait = millis == 0 && Knowledge.unscanned(turn, key);
    var asked = Commands.open(turn, new CommandKey(key, Lane.OBSERVE)).isPresent();
    if (!mustWait && !asked && Timers.due(turn, TimerKind.OBSERVE, key.toString()).isEmpty()) {
      Timers.set(turn, TimerKind.OBSERVE, key.toString(), turn.now().plusMillis(millis));
    }
  }

  private void forget(ResourceKey key) {
    var text = key.toString();
    turn.delete(Table.DESIRED, text);
    turn.delete(Table.OBSERVED, text);
    turn.delete(Table.VERDICTS, text);
    Timers.cancel(turn, TimerKind.OBSERVE, text);
    Timers.cancel(turn, TimerKind.RETRY, new CommandKey(key, Lane.WRITE).toString());
    Bindings.gone(turn, key);
    if (key.kind() == ResourceKind.LOAD_BALANCER) {
      Bindings.shared(turn, stack.cluster());
    }
  }
}
