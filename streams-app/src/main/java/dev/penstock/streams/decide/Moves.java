package dev.penstock.streams.decide;

import dev.penstock.plan.Removal;
import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Leaving;
import dev.penstock.schemas.intent.MemberIntent.Valid;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Members that go from one group to another (design §7, make before break): the former group keeps
 * what such a member had until its names lead to the new one, and visitors had the time to follow.
 * Where no name of ours leads there, they have as long as a replacement keeps what it replaces
 * ({@code replacementKeepMillis}), from when the new group serves it. A member whose name stays
 * behind, since another one of the former group holds it there, stays as long as the name does.
 */
final class Moves {
  private final Turn turn;
  private final StackId stack;
  private final Completeness here;
  private final Set<String> looked = new TreeSet<>();
  private final Map<StackId, Completeness> destinations = new HashMap<>();

  /**
   * @param stack the former group
   */
  Moves(Turn turn, StackId stack) {
    this.turn = turn;
    this.stack = stack;
    this.here = new Completeness(turn, stack);
  }

  /** The members as the stack is planned: whoever has not arrived takes part as it last was. */
  List<MemberRow> planned(List<MemberRow> members, ClusterMode mode) {
    return mode == ClusterMode.MANAGE ? members.stream().map(this::asBefore).toList() : members;
  }

  /** What was looked up: a change of it may mean that somebody arrived. */
  Set<String> looked() {
    return looked;
  }

  /** Whether another group that the member went to claims the host by now. */
  static boolean tookOver(Turn turn, StackId stack, String host, ObjectKey member) {
    return destination(turn, stack, member)
        .filter(next ->
            turn
                .scan(Table.CLAIMS, Claims.sentPrefix(next.current().stack(), host, member))
                .stream()
                .anyMatch(e -> e.row().pointing().isPresent()))
        .isPresent();
  }

  /** The other groups that the member is in, or is leaving. */
  static Stream<StackId> others(Turn turn, StackId stack, ObjectKey member) {
    return Intents.of(turn, member).stream()
        .map(row -> row.current().stack())
        .filter(other -> !other.equals(stack));
  }

  private static Optional<MemberRow> destination(Turn turn, StackId stack, ObjectKey member) {
    return Intents.find(turn, member, stack)
        .filter(MemberRow::leaving)
        .flatMap(_ -> Intents.of(turn, member).stream().filter(row -> !row.leaving()).findFirst());
  }

  /** Of what it last was there it keeps what it still names: removals do not wait. */
  private MemberRow asBefore(MemberRow row) {
    var next = destination(turn, stack, row.current().member());
    if (next.isEmpty() || row.lastGood().isEmpty() || !leadsHere(next.get())) {
      return row;
    }
    var following = following(row, next.get());
    note(row, following);
    if (following.over().filter(due -> !turn.now().isBefore(due)).isPresent()) {
      return row;
    }
    var before = asBefore(row, next, List.of());
    return answersNothing(before) ? row : before;
  }

  /** Whether nothing is left of what the member once asked to be answered there. */
  private static boolean answersNothing(MemberRow row) {
    return IngressMembers.inForce(row)
        .filter(intent ->
            intent.state() instanceof Valid(var kept, _)
                && kept.rules().isEmpty()
                && kept.defaultBackend().isEmpty())
        .isPresent();
  }

  /** The same for whoever leaves but may not, with what it is told. */
  static MemberRow asBefore(Turn turn, MemberRow row, List<Problem> told) {
    return asBefore(row, destination(turn, row.current().stack(), row.current().member()), told);
  }

  private static MemberRow asBefore(MemberRow row, Optional<MemberRow> next, List<Problem> told) {
    var named = next.map(MemberRow::current).flatMap(Moves::named);
    var state = new MemberIntent.Invalid(told, named);
    return new MemberRow(
        row.current().withState(state), row.lastGood(), row.lapsed(), row.seq(), row.servedSince());
  }

  /** What the member names now, if that can be told. */
  private static Optional<IngressIntent> named(MemberIntent next) {
    return switch (next.state()) {
      case Valid(var intent, _) -> Optional.of(intent);
      case MemberIntent.Invalid(_, var remnant, _) -> remnant;
      case Leaving _ -> Optional.empty();
    };
  }

  /**
   * Whether a name or the address in its object leads to the former group, or did until it led to
   * the new one.
   */
  private boolean leadsHere(MemberRow next) {
    var member = next.current().member();
    var address = new ShownAddress(turn, member);
    return !claims(stack, next).isEmpty()
        || address.isOf(stack)
        || address.isOf(next.current().stack()) && takesPart(member);
  }

  private boolean takesPart(ObjectKey member) {
    return here.of(member).stream().anyMatch(e -> e.row().wanted());
  }

  /**
   * How far the visitors are: since when the member is served where no name of ours leads, and when
   * nobody is led elsewhere by an answer that he still remembers, if that can be told.
   */
  private record Following(Optional<Instant> servedSince, Optional<Instant> over) {}

  private Following following(MemberRow row, MemberRow next) {
    if (!claims(stack, next).isEmpty()) {
      return new Following(row.servedSince(), Optional.empty());
    }
    var claims = claims(next.current().stack(), next);
    if (claims.stream().anyMatch(claim -> staysHere(claim, row))) {
      return new Following(Optional.empty(), Optional.empty());
    }
    var followed = claims.stream().filter(claim -> claim.standing() != Standing.REFUSED).toList();
    return followed.isEmpty()
        ? withoutNames(row, next)
        : new Following(row.servedSince(), settled(followed));
  }

  /** Since when the member is served counts on, and the group looks again when all followed. */
  private void note(MemberRow row, Following following) {
    if (!following.servedSince().equals(row.servedSince())) {
      Intents.put(turn, row.servedSince(following.servedSince()));
    }
    following
        .over()
        .filter(turn.now()::isBefore)
        .ifPresent(due -> Timers.setBy(turn, TimerKind.DECIDE, "stack|" + stack, due));
  }

  /**
   * Whether the name does not follow the member, since another one of the former group holds it
   * there: visitors are still led to what the member had.
   */
  private boolean staysHere(ClaimRow claim, MemberRow row) {
    return claim.standing() == Standing.REFUSED
        && row.lastGood().flatMap(Moves::named).filter(was -> names(was, claim.host())).isPresent()
        && turn.scan(Table.CLAIMS, Claims.sentPrefix(stack, claim.host())).stream()
            .map(e -> e.row())
            .filter(other -> other.owner().equals(claim.owner()))
            .filter(other -> other.pointing().flatMap(Pointing::alias).isPresent())
            .anyMatch(other -> other.standing() != Standing.REFUSED);
  }

  private static boolean names(IngressIntent intent, String host) {
    return intent.hosts().stream().anyMatch(named -> named.host().equals(host));
  }

  /** Nobody tells when names that are not ours follow, so they have as long as a replacement. */
  private Following withoutNames(MemberRow row, MemberRow next) {
    Optional<Instant> since =
        serves(next) ? row.servedSince().or(() -> Optional.of(turn.now())) : Optional.empty();
    var keep = turn.settings().replacementKeepMillis();
    return new Following(since, since.map(at -> at.plusMillis(keep)));
  }

  /** The stack's claims of what the member names now, that lead to load balancers of ours. */
  private List<ClaimRow> claims(StackId of, MemberRow next) {
    var member = next.current().member();
    return Stream.concat(Stream.of(next.current()), next.lastGood().stream())
        .flatMap(intent -> named(intent).stream())
        .flatMap(intent -> intent.hosts().stream())
        .map(host -> Claims.sentPrefix(of, host.host(), member))
        .distinct()
        .flatMap(prefix -> turn.scan(Table.CLAIMS, prefix).stream())
        .map(e -> e.row())
        .filter(claim -> claim.pointing().flatMap(Pointing::alias).isPresent())
        .toList();
  }

  /** When the last of these names has led there long enough; empty while one does not yet. */
  private Optional<Instant> settled(List<ClaimRow> claims) {
    var times = claims.stream().map(claim -> Removal.settled(claim, turn.settings())).toList();
    return times.stream().allMatch(Optional::isPresent)
        ? times.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  /** Whether the member's object shows an address there, and all that it wants there is whole. */
  private boolean serves(MemberRow next) {
    var member = next.current().member();
    var there = next.current().stack();
    if (!new ShownAddress(turn, member).isOf(there)) {
      return false;
    }
    var complete = destinations.computeIfAbsent(there, to -> new Completeness(turn, to, stack));
    complete.of(member).forEach(wanted -> looked.add(Lookups.resource(Completeness.key(wanted))));
    return complete.whole(member);
  }
}
