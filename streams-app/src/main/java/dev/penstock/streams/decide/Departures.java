package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.policy.Circumstances;
import dev.penstock.plan.policy.Circumstances.Inferred;
import dev.penstock.plan.policy.Circumstances.Leaving;
import dev.penstock.plan.policy.Circumstances.Requested;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.plan.policy.Policy;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Removal;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Turn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Why a resource is no longer wanted: somebody asked for it, or we conclude it (design §7). */
final class Departures {
  private static final int PAGE = 64;

  private final Turn turn;
  private final StackId stack;
  private final Holds holds;
  private final Asks.Places places;
  private Optional<Integer> inferred = Optional.empty();

  Departures(Turn turn, StackId stack, Holds holds) {
    this.turn = turn;
    this.stack = stack;
    this.holds = holds;
    this.places = new Asks.Places(turn);
  }

  /** What stops the removal of something of the stack that is no resource. */
  Optional<Verdict.Held> held(Leaving leaving, String what) {
    var now =
        new Circumstances(
            ClusterMode.MANAGE,
            List.of(),
            List.of(),
            leaving,
            false,
            holds.standing(),
            turn.settings());
    return new Policy(now).removal(stack, what);
  }

  Leaving of(Optional<DesiredRow> row) {
    if (row.isEmpty()) {
      var reason = "it was found in AWS and no member wants it";
      return new Inferred(reason, turn.settings().inferredDeletesBeforeHold() + 1);
    }
    return decided(of(row.get().wantedBy()), row.get().cause());
  }

  /** Unless a member asks to leave, other code answers for what it decides. */
  private static Leaving decided(Leaving leaving, Cause cause) {
    var asked = leaving instanceof Requested(_, var place) && place > 0;
    return cause.otherCode() && !asked ? new Unasked(cause.sentence()) : leaving;
  }

  /**
   * Why rules of a security group are no longer wanted that stays: other code leaves them out, and
   * answers for it as long as they are held.
   */
  Leaving ofRules(ResourceKey key, Optional<DesiredRow> row) {
    var cause = row.map(DesiredRow::cause);
    return cause.filter(Cause::otherCode).isPresent() || holds.waits(key.toString())
        ? new Unasked(cause.map(Cause::sentence).orElse(""))
        : nobody();
  }

  /** Why what these members wanted is no longer wanted. */
  Leaving of(List<ObjectKey> wantedBy) {
    for (var member : wantedBy) {
      var concluded = concluded(member);
      if (concluded.isPresent()) {
        return concluded.get();
      }
    }
    var namespace = wantedBy.stream().findFirst().map(ObjectKey::namespace).orElse("");
    var place = wantedBy.stream().mapToInt(places::of).max().orElse(0);
    return new Requested(namespace, place);
  }

  /** Why a claim is no longer made. */
  Leaving of(ClaimRow claim, Cause cause) {
    return isLapsed(claim)
        ? decided(
            new Inferred("no setting sends " + claim.host() + " there any more", allInferred()),
            cause)
        : decided(of(List.of(claim.member())), cause);
  }

  /** Whether a setting took it from a member that stays, and that nobody edited. */
  private boolean isLapsed(ClaimRow claim) {
    return claim.pointing().isPresent()
        && Intents.find(turn, claim.member(), claim.stack())
            .filter(row -> !row.leaving())
            .filter(row -> row.lapsed().contains(claim.host()) || !isNamed(claim))
            .isPresent();
  }

  /** Whether the registration of the cluster names the scope that answers the claim. */
  private boolean isNamed(ClaimRow claim) {
    return turn.get(Table.CLUSTERS, claim.stack().cluster())
        .filter(row -> row.registration().dnsScopes().contains(claim.owner()))
        .isPresent();
  }

  /**
   * Whether all that wanted it are being deleted before our eyes, and none of them asks for its
   * load balancer to stay.
   */
  boolean asked(DesiredRow row) {
    return !row.wantedBy().isEmpty() && row.wantedBy().stream().allMatch(this::asked);
  }

  private boolean asked(ObjectKey member) {
    var deleted =
        turn.get(Table.OBJECTS, member.toString())
            .flatMap(object -> object.object().metadata().deleted());
    return deleted.isPresent()
        && Intents.find(turn, member, stack)
            .filter(row ->
                row.current().state() instanceof MemberIntent.Leaving leaving
                    && leaving.requested()
                    && leaving.obstacle().isEmpty())
            .isPresent();
  }

  /** What a person approved is asked for. */
  private Optional<Leaving> concluded(ObjectKey member) {
    if (holds.isApproved(member.toString())) {
      return Optional.empty();
    }
    var name = member.kind().text() + " " + member.path();
    return Intents.find(turn, member, stack)
        .flatMap(Departures::removal)
        .flatMap(removal ->
            switch (removal) {
              case REQUESTED -> Optional.empty();
              case INFERRED ->
                  Optional.of(new Inferred(name + " left without anybody asking", allInferred()));
              case VANISHED -> Optional.of(new Unasked(name + " vanished"));
            });
  }

  /** How many members leave by inference, counted only until there are too many. */
  private int allInferred() {
    if (inferred.isEmpty()) {
      var enough = turn.settings().inferredDeletesBeforeHold() + 1;
      var leaving = new HashSet<ObjectKey>();
      each(
          Table.INTENTS,
          "",
          row -> {
            if (isInferred(row)) {
              leaving.add(row.current().member());
            }
            return leaving.size() < enough;
          });
      each(
          Table.CLAIMS,
          Claims.SENT,
          claim -> {
            if (leaving.size() < enough && isLapsed(claim)) {
              leaving.add(claim.member());
            }
            return leaving.size() < enough;
          });
      inferred = Optional.of(leaving.size());
    }
    return inferred.get();
  }

  /** Looks at the rows of a table that begin so while the predicate lets it go on. */
  private <R extends Row> void each(Table<R> table, String prefix, Predicate<R> goesOn) {
    var page = turn.after(table, prefix, "", PAGE);
    while (page.stream().map(Entry::row).allMatch(goesOn) && page.size() == PAGE) {
      page = turn.after(table, prefix, page.getLast().key(), PAGE);
    }
  }

  private static boolean isInferred(MemberRow row) {
    return removal(row).filter(removal -> removal != Removal.REQUESTED).isPresent();
  }

  private static Optional<Removal> removal(MemberRow row) {
    return row.current().state() instanceof MemberIntent.Leaving(var removal, _)
        ? Optional.of(removal)
        : Optional.empty();
  }

  /** Nothing is leaving. */
  static Circumstances.Leaving nobody() {
    return new Requested("", 0);
  }
}
