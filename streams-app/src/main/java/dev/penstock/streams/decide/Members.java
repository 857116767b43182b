package dev.penstock.streams.decide;

import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.plan.ingress.MemberReading;
import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.IngressIntent.HostIntent;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Removal;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Reason;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads dirty Ingresses into intents and marks the stacks whose members changed. */
final class Members {
  private Members() {}

  static void read(Turn turn, ObjectKey key, Reason reason) {
    var cluster = Modes.concluding(turn, key.cluster());
    if (cluster.isEmpty()) {
      return;
    }
    var view = new ClusterSight(turn, cluster.get());
    var intents = intents(turn, key, IngressMembers.read(view, key));
    Lookups.replace(turn, Dirt.Kind.MEMBER, key.toString(), view.looked());
    var object = turn.get(Table.OBJECTS, key.toString());
    var before = new TreeMap<StackId, MemberRow>();
    Intents.of(turn, key).forEach(row -> before.put(row.current().stack(), row));
    for (var intent : intents) {
      keep(turn, intent, Optional.ofNullable(before.remove(intent.stack())), object, reason);
    }
    before.values().forEach(row -> left(turn, row, object, reason));
  }

  private static List<MemberIntent> intents(Turn turn, ObjectKey key, MemberReading reading) {
    return switch (reading) {
      case MemberReading.Member member -> member.intents();
      case MemberReading.NotOurs(var reason, var intents) ->
          isMalformed(turn, key)
              ? staying(turn, key, List.of(new Problem("MalformedObject", reason)), intents)
              : intents;
      case MemberReading.Refused(var problems, var intents) -> {
        var own = new StackId(key.cluster(), StackKind.INGRESS, key.path());
        var staying = staying(turn, key, problems, intents);
        yield staying.isEmpty() ? List.of(refused(turn, key, own, problems)) : staying;
      }
    };
  }

  private static boolean isMalformed(Turn turn, ObjectKey key) {
    return turn.get(Table.OBJECTS, key.toString())
        .map(ObjectRow::object)
        .filter(o -> o instanceof Malformed && o.metadata().deleted().isEmpty())
        .isPresent();
  }

  /**
   * Nobody leaves by a mistake: the object stays where it stands, whether or not its finalizer is
   * written already, and what was leaving goes on leaving.
   */
  private static List<MemberIntent> staying(
      Turn turn, ObjectKey key, List<Problem> problems, List<MemberIntent> intents) {
    var staying = new TreeMap<StackId, MemberIntent>();
    intents.forEach(intent -> staying.put(intent.stack(), intent));
    for (var row : Intents.of(turn, key)) {
      var stack = row.current().stack();
      if (!row.leaving()) {
        staying.putIfAbsent(stack, refused(turn, key, stack, problems));
      } else if (staying.containsKey(stack)) {
        staying.put(stack, row.current());
      }
    }
    return List.copyOf(staying.values());
  }

  private static MemberIntent refused(
      Turn turn, ObjectKey key, StackId stack, List<Problem> problems) {
    var metadata = turn.get(Table.OBJECTS, key.toString()).map(row -> row.object().metadata());
    return new MemberIntent(
        key,
        metadata.map(Metadata::uid).orElse(""),
        metadata.map(Metadata::generation).orElse(0L),
        stack,
        0,
        new MemberIntent.Invalid(problems, Optional.empty()));
  }

  private static boolean isAsked(MemberIntent intent) {
    return intent.state() instanceof MemberIntent.Leaving leaving && leaving.requested();
  }

  private static void keep(
      Turn turn,
      MemberIntent read,
      Optional<MemberRow> before,
      Optional<ObjectRow> object,
      Reason reason) {
    var edited =
        object.filter(row -> row.seq() > before.map(MemberRow::seq).orElse(0L)).isPresent();
    var intent = LongMembers.bounded(isDeleted(object) ? read : moved(read, before, edited));
    if (before.filter(row -> row.current().equals(intent)).isPresent() && !edited) {
      return;
    }
    if (isAsked(intent) && before.filter(row -> isAsked(row.current())).isEmpty()) {
      Asks.note(turn, intent.member());
    }
    var lapsed = lapsed(intent, before, edited);
    var row = new MemberRow(intent, lastGood(intent, before), lapsed, turn.seq(), Optional.empty());
    var since = before.flatMap(MemberRow::servedSince);
    Intents.put(turn, row.leaving() ? row.servedSince(since) : row);
    Dirt.stack(turn, intent.stack(), reason);
  }

  private static boolean isDeleted(Optional<ObjectRow> object) {
    return object.flatMap(row -> row.object().metadata().deleted()).isPresent();
  }

  /** Who leaves a stack by an edit of the object asked for it; whom the class moves did not. */
  private static MemberIntent moved(
      MemberIntent intent, Optional<MemberRow> before, boolean edited) {
    if (!(intent.state() instanceof MemberIntent.Leaving leaving)) {
      return intent;
    }
    var asked =
        before
            .map(row -> row.current().state())
            .map(was -> was instanceof MemberIntent.Leaving did ? did.requested() : edited)
            .orElse(edited);
    var removal = leaving.requested() && asked ? Removal.REQUESTED : Removal.INFERRED;
    return intent.withState(new MemberIntent.Leaving(removal, leaving.obstacle()));
  }

  private static List<String> lapsed(
      MemberIntent intent, Optional<MemberRow> before, boolean edited) {
    var lapsed = new TreeSet<String>();
    before.ifPresent(row -> lapsed.addAll(row.lapsed()));
    named(intent)
        .ifPresent(named -> {
          if (!edited) {
            before.flatMap(MemberRow::lastGood).flatMap(Members::named).ifPresent(lapsed::addAll);
          }
          lapsed.removeAll(named);
        });
    return List.copyOf(lapsed);
  }

  /** The hosts that a member names, if that can be told. */
  private static Optional<Set<String>> named(MemberIntent intent) {
    var read =
        switch (intent.state()) {
          case MemberIntent.Valid(var valid, _) -> Optional.of(valid);
          case MemberIntent.Invalid(_, var remnant, _) -> remnant;
          case MemberIntent.Leaving _ -> Optional.<IngressIntent>empty();
        };
    return read.map(i -> i.hosts().stream().map(HostIntent::host).collect(Collectors.toSet()));
  }

  private static Optional<MemberIntent> lastGood(MemberIntent intent, Optional<MemberRow> before) {
    return switch (intent.state()) {
      case MemberIntent.Valid _ -> Optional.of(intent);
      case MemberIntent.Invalid _ -> before.flatMap(MemberRow::lastGood);
      case MemberIntent.Leaving _ -> before.flatMap(IngressMembers::inForce);
    };
  }

  /**
   * A member that leaves stays until its stack let it go, also when nothing in the object says so:
   * another object stands under its name, or somebody took our finalizer away. Of another object
   * nobody asked that the former one goes.
   */
  private static void left(Turn turn, MemberRow row, Optional<ObjectRow> object, Reason reason) {
    var intent = row.current();
    if (!row.leaving() && object.isPresent()) {
      var same = object.get().object().metadata().uid().equals(intent.uid());
      var removal = same ? Removal.REQUESTED : Removal.INFERRED;
      var leaving = intent.withState(new MemberIntent.Leaving(removal, Optional.empty()));
      keep(turn, leaving, Optional.of(row), object, reason);
      return;
    }
    if (!row.leaving()) {
      Intents.delete(turn, intent.member(), intent.stack());
    }
    Dirt.stack(turn, intent.stack(), reason);
  }
}
