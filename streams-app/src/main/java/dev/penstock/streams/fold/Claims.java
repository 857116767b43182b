package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.event.ClaimFact.ClaimStood;
import dev.penstock.schemas.event.ClaimFact.Claimed;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/** What scopes say to each other. An older word than the last one heard does not count. */
public final class Claims {
  /** What the keys of all claims that this scope answers begin with. */
  static final String RECEIVED = "in|";

  /** What the keys of all claims that this scope makes begin with. */
  public static final String SENT = "out|";

  private Claims() {}

  /** A claim's row on the side of the scope that owns the name. */
  public static String received(Claimed claim) {
    return receivedPrefix(claim.host())
        + claim.claimant()
        + "|"
        + claim.stack()
        + "|"
        + claim.member();
  }

  /** What the keys of all claims on a host begin with. */
  public static String receivedPrefix(String host) {
    return RECEIVED + host + "|";
  }

  /** The claims that this scope answers. */
  static List<ClaimRow> received(Turn turn) {
    return turn.scan(Table.CLAIMS, RECEIVED).stream().map(Entry::row).toList();
  }

  /** A claim's row on the claimant's side. */
  public static String sent(String host, StackId stack, ObjectKey member, Scope owner) {
    return sentPrefix(stack, host, member) + owner;
  }

  /** What the keys of a member's claims on one host begin with. */
  public static String sentPrefix(StackId stack, String host, ObjectKey member) {
    return sentPrefix(stack, host) + member + "|";
  }

  /** What the keys of all claims of a stack on one host begin with. */
  public static String sentPrefix(StackId stack, String host) {
    return sentPrefix(stack) + host + "|";
  }

  /** What the keys of all claims of a stack begin with. */
  public static String sentPrefix(StackId stack) {
    return SENT + stack + "|";
  }

  static void fold(Turn turn, ClaimFact fact) {
    switch (fact) {
      case Claimed claim -> claimed(turn, claim);
      case ClaimStood answer -> stood(turn, answer);
    }
  }

  /** Each word is answered, also if the answer is the one that the word before it got. */
  private static void claimed(Turn turn, Claimed claim) {
    var key = received(claim);
    var before = turn.get(Table.CLAIMS, key);
    if (before.filter(row -> isOlder(claim, row) || isSame(claim, row)).isPresent()) {
      return;
    }
    turn.put(
        Table.CLAIMS,
        key,
        new ClaimRow(
            claim.host(),
            turn.scope(),
            claim.claimant(),
            claim.stack(),
            claim.member(),
            claim.seq(),
            claim.pointing(),
            Standing.PENDING,
            "",
            Optional.empty(),
            turn.now(),
            before.flatMap(ClaimRow::inForce).or(() -> inherited(turn, claim))));
    Dirt.name(turn, claim.host(), claim.member() + " claims " + claim.host());
  }

  /** A member that goes to another stack takes along what the name's records are of it. */
  private static Optional<Pointing> inherited(Turn turn, Claimed claim) {
    return turn.scan(Table.CLAIMS, receivedPrefix(claim.host())).stream()
        .map(Entry::row)
        .filter(row -> row.claimant().equals(claim.claimant()))
        .filter(row -> row.member().equals(claim.member()))
        .flatMap(row -> row.inForce().stream())
        .filter(records ->
            claim
                .pointing()
                .map(Pointing::setIdentifier)
                .equals(Optional.of(records.setIdentifier())))
        .findFirst();
  }

  private static boolean isOlder(Claimed claim, ClaimRow row) {
    return row.seq() > claim.seq();
  }

  /** In logs of earlier versions the words of one decision have the same seq. */
  private static boolean isSame(Claimed claim, ClaimRow row) {
    return row.seq() == claim.seq() && row.pointing().equals(claim.pointing());
  }

  private static void stood(Turn turn, ClaimStood answer) {
    var key = sent(answer.host(), answer.stack(), answer.member(), answer.owner());
    turn.get(Table.CLAIMS, key)
        .filter(row -> row.seq() == answer.seq())
        .ifPresent(row -> {
          turn.put(
              Table.CLAIMS,
              key,
              row.answered(answer.standing(), answer.reason(), answer.rule(), turn.now()));
          var sentence = "the standing of " + row.host() + " changed";
          Dirt.stack(turn, row.stack(), sentence);
          Intents.of(turn, row.member())
              .forEach(member -> Dirt.stack(turn, member.current().stack(), sentence));
        });
  }
}
