package dev.penstock.streams.decide;

import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.plan.ingress.MemberReading;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads dirty Ingresses into intents and marks the stacks whose members changed. */
final class Members {
  private Members() {}

  static void read(Turn turn, ObjectKey key, String sentence) {
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
      keep(turn, intent, Optional.ofNullable(before.remove(intent.stack())), object, sentence);
    }
    before.values().forEach(row -> left(turn, row, object, sentence));
  }

  /** An object that is nobody's member yet still gets told what is wrong with it. */
  private static List<MemberIntent> intents(Turn turn, ObjectKey key, MemberReading reading) {
    return switch (reading) {
      case MemberReading.Member member -> member.intents();
      case MemberReading.NotOurs notOurs -> notOurs.intents();
      case MemberReading.Refused(var problems, var intents) ->
          intents.isEmpty() ? List.of(refused(turn, key, problems)) : intents;
    };
  }

  private static MemberIntent refused(Turn turn, ObjectKey key, List<Problem> problems) {
    var metadata = turn.get(Table.OBJECTS, key.toString()).map(row -> row.object().metadata());
    return new MemberIntent(
        key,
        metadata.map(Metadata::uid).orElse(""),
        metadata.map(Metadata::generation).orElse(0L),
        new StackId(key.cluster(), StackKind.INGRESS, key.path()),
        0,
        new MemberIntent.Invalid(problems, Optional.empty()));
  }

  private static void keep(
      Turn turn,
      MemberIntent intent,
      Optional<MemberRow> before,
      Optional<ObjectRow> object,
      String sentence) {
    var unchanged = before.filter(row -> row.current().equals(intent)).isPresent();
    var touched = object.filter(row -> row.seq() > before.map(MemberRow::seq).orElse(0L));
    if (unchanged && touched.isEmpty()) {
      return;
    }
    Intents.put(turn, new MemberRow(intent, lastGood(intent, before), turn.seq()));
    Dirt.stack(turn, intent.stack(), sentence);
  }

  private static Optional<MemberIntent> lastGood(MemberIntent intent, Optional<MemberRow> before) {
    return switch (intent.state()) {
      case MemberIntent.Valid _ -> Optional.of(intent);
      case MemberIntent.Invalid _, MemberIntent.Leaving _ -> before.flatMap(MemberRow::lastGood);
    };
  }

  /** A member of an object that is gone stays until its stack let it go. */
  private static void left(Turn turn, MemberRow row, Optional<ObjectRow> object, String sentence) {
    var intent = row.current();
    if (object.isPresent() || !(intent.state() instanceof MemberIntent.Leaving)) {
      Intents.delete(turn, intent.member(), intent.stack());
    }
    Dirt.stack(turn, intent.stack(), sentence);
  }

  /** The rows of a stack, as lists are wanted. */
  static List<MemberRow> of(Turn turn, StackId stack) {
    return new ArrayList<>(Intents.members(turn, stack));
  }
}
