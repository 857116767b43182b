package dev.penstock.streams.decide;

import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.streams.fold.Pages;
import dev.penstock.streams.turn.Defects;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Dirt.Kind;
import dev.penstock.streams.turn.Reason;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.List;

/**
 * What follows from the tables now: timers that are due, targets first, then members, then stacks
 * and names, each up to a bound; a Tick brings the rest. No single record is unbounded work.
 */
public final class Decide {
  private static final int TIMERS = 64;
  private static final int TARGET_GROUPS = 64;
  private static final int MEMBERS = 64;
  private static final int STACKS = 32;

  private Decide() {}

  public static void decide(Turn turn) {
    Checkpoints.schedule(turn);
    var timers = Timers.take(turn, turn.now(), TIMERS);
    timers.forEach(timer -> Wakes.ring(turn, timer));
    Wakes.reads(turn);
    var pages = Pages.proceed(turn);
    var groups = targets(turn, TARGET_GROUPS);
    members(turn);
    if (Dirt.oldest(turn, Kind.MEMBER, 1).isEmpty()) {
      names(turn);
      stacks(turn);
    }
    targets(turn, TARGET_GROUPS - groups);
    var more =
        timers.size() == TIMERS
            || pages
            || Dirt.remains(turn)
            || Commands.wakes(turn)
            || Commands.readsRemain(turn);
    if (more && Dirt.awaitTick(turn)) {
      turn.event(turn.scope(), "tick", new Tick(turn.now()));
    }
  }

  private static int targets(Turn turn, int limit) {
    var dirty = Dirt.oldest(turn, Kind.TARGETS, limit);
    for (var row : dirty) {
      Dirt.clean(turn, Kind.TARGETS, row);
      Defects.guarded(
          turn,
          row.subject(),
          () -> TargetGroups.plan(turn, ResourceKey.parse(row.subject()), row));
    }
    return dirty.size();
  }

  private static void members(Turn turn) {
    for (var row : oldest(turn, Kind.MEMBER, MEMBERS)) {
      Dirt.clean(turn, Kind.MEMBER, row);
      Defects.guarded(turn, row.subject(), () -> member(turn, row));
    }
  }

  private static void member(Turn turn, DirtyRow row) {
    var key = ObjectKey.parse(row.subject());
    if (key.kind() == ObjectKind.INGRESS) {
      Members.read(turn, key, Reason.of(row));
    } else {
      UserGroups.read(turn, key);
    }
  }

  private static void names(Turn turn) {
    for (var row : oldest(turn, Kind.NAME, STACKS)) {
      Dirt.clean(turn, Kind.NAME, row);
      Defects.guarded(turn, row.subject(), () -> Names.plan(turn, row));
    }
  }

  private static void stacks(Turn turn) {
    for (int planned = 0; planned < STACKS; planned++) {
      if (Dirt.oldest(turn, Kind.STACK, 1).isEmpty() && !Commands.wake(turn)) {
        return;
      }
      var next = oldest(turn, Kind.STACK, 1);
      Dirt.clean(turn, Kind.STACK, next.getFirst());
      Defects.guarded(turn, next.getFirst().subject(), () -> Stacks.plan(turn, next.getFirst()));
    }
  }

  private static List<DirtyRow> oldest(Turn turn, Kind kind, int limit) {
    return Dirt.oldest(turn, kind, limit).stream().map(row -> Version.told(turn, row)).toList();
  }
}
