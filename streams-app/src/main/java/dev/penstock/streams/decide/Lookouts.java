package dev.penstock.streams.decide;

import dev.penstock.plan.StackPlan;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Inventories;
import dev.penstock.streams.fold.Observed;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * What is read only because somebody asks for it: guards of load balancers, certificates, and the
 * ids behind names that members give. Once when it is first looked up, then as part of the sweep.
 */
final class Lookouts {
  private static final String SEPARATOR = "/";
  private static final int PAGE = 256;

  private Lookouts() {}

  /** Asks for what a plan looked up and nobody read yet. */
  static void first(Turn turn, CloudSight sight, StackPlan plan) {
    for (var what : sight.looked()) {
      if (what.startsWith(Lookups.inventory(Inventories.NAMED))) {
        var part = what.substring(Lookups.inventory("").length());
        if (isFirst(turn, part)) {
          named(turn, part);
        }
      }
    }
    if (plan.blockedOn().isPresent()) {
      sight.unknownGuards().forEach(key -> protection(turn, key));
    }
  }

  /** The names that somebody still looks up, a page a record; the others are forgotten. */
  static void sweep(Turn turn, String after) {
    var page = turn.after(Table.INVENTORY, Inventories.NAMED, after, PAGE);
    for (var entry : page) {
      if (Lookups.isRead(turn, Lookups.inventory(entry.key()))) {
        Commands.await(turn, new CommandKey(Reads.part("", read(entry.key())), Lane.OBSERVE));
      } else {
        turn.delete(Table.INVENTORY, entry.key());
      }
    }
    if (page.size() == PAGE) {
      Timers.set(turn, TimerKind.SWEEP, page.getLast().key(), turn.now());
    }
  }

  /** The guards of a stack that somebody asks for and its certificates, when there is room. */
  static void sweep(Turn turn, StackId stack) {
    for (var entry : turn.scan(Table.DESIRED, stack + "|" + ResourceKind.PROTECTION.text() + "|")) {
      if (entry.row().wanted()) {
        Commands.await(turn, new CommandKey(ResourceKey.parse(entry.key()), Lane.OBSERVE));
      }
    }
    for (var entry :
        turn.scan(Table.OBSERVED, stack + "|" + ResourceKind.CERTIFICATE.text() + "|")) {
      Commands.await(turn, new CommandKey(ResourceKey.parse(entry.key()), Lane.OBSERVE));
    }
  }

  /** A read that failed, found no room, or waited for its turn. */
  static void again(Turn turn, String kindAndName) {
    var slash = kindAndName.indexOf(SEPARATOR);
    var kind = Named.Kind.valueOf(kindAndName.substring(0, slash));
    named(turn, Inventories.namedAs(kind, kindAndName.substring(slash + 1)));
  }

  /** Somebody waits for what was never read; all else is only a look. */
  private static boolean isFirst(Turn turn, String part) {
    return turn.get(Table.INVENTORY, part).isEmpty();
  }

  private static void named(Turn turn, String part) {
    var rest = part.substring(Inventories.NAMED.length());
    var bar = rest.indexOf('|');
    var kind = Named.Kind.valueOf(rest.substring(0, bar));
    var reading = new Reading.ReadNamed(kind, rest.substring(bar + 1));
    Reads.inventory(turn, "", read(part), reading, isFirst(turn, part));
  }

  /** What the read of such a part is called. */
  private static String read(String part) {
    return "named/" + part.substring(Inventories.NAMED.length()).replaceFirst("\\|", SEPARATOR);
  }

  /** Reads a guard by the load balancer that has it; it is gone with it. */
  static void protection(Turn turn, ResourceKey key) {
    var id = ResourceIds.numbered(StackNames.LOAD_BALANCER, ResourceIds.successor(key.id()));
    var balancer = new ResourceKey(key.stack(), ResourceKind.LOAD_BALANCER, id);
    var unknown = Knowledge.of(turn, key).presence() instanceof Unknown;
    switch (Knowledge.of(turn, balancer).presence()) {
      case Present(var live) -> {
        var reading =
            new Reading.ReadResource(
                Optional.of(live.id()), Optional.empty(), List.of(Aspect.CORE));
        var urgency = unknown ? Urgency.STRUCTURE : Urgency.SWEEP;
        Reads.ask(turn, key, reading, urgency, key.toString());
      }
      case Missing _ -> {
        if (unknown && Commands.open(turn, new CommandKey(key, Lane.WRITE)).isEmpty()) {
          Observed.put(turn, key, new Missing(), turn.position(), turn.now());
        }
      }
      case Unknown _ -> {}
    }
  }
}
