package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Killed;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.log.Group;
import dev.penstock.streams.replay.RecordedRun.Taken;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All machines: who lives, who comes back when, and who is there for a while only. */
public final class Machines {
  /** After so long a supervisor starts a process again that ended by itself. */
  private static final Duration SUPERVISED = Duration.ofSeconds(5);

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::role).thenComparing(Place::number);

  private final Surroundings world;
  private final MemoryTables tables = new MemoryTables();
  private final List<Taken> taken = new ArrayList<>();
  private final Group streams;
  private final Group watchers;
  private final SortedMap<Place, Instance> instances = new TreeMap<>(ORDER);
  private final SortedMap<Place, Instant> down = new TreeMap<>(ORDER);
  private final Map<Place, Duration> downFor = new HashMap<>();
  private final Map<Place, Integer> lives = new HashMap<>();

  /** Which machine of a role; guests, which come for a while only, are counted from 100 on. */
  private record Place(Role role, int number) {
    private static final int GUESTS = 100;

    private String name() {
      return role.name().toLowerCase(Locale.ROOT) + "-" + number;
    }

    private boolean guest() {
      return number >= GUESTS;
    }
  }

  public Machines(Surroundings world, Layout layout) {
    this.world = world;
    this.streams = world.broker().group(world.broker().partitions());
    this.watchers = world.broker().group(world.sites().size());
    for (var role : Role.values()) {
      for (var number = 0; number < layout.of(role); number++) {
        start(new Place(role, number));
      }
    }
  }

  /** The reconciler's tables, with what a transaction that is open wrote. */
  public Tables tables() {
    return tables;
  }

  /** Every record that was taken and committed, with what followed from it. */
  public List<Taken> taken() {
    return taken;
  }

  /** Everybody begins what is to be done now; false if nobody has anything to do. */
  public boolean run() {
    var worked = revive();
    for (var entry : List.copyOf(instances.entrySet())) {
      try {
        worked |= entry.getValue().run();
      } catch (Killed _) {
        worked = true;
      }
      worked |= bury(entry.getKey(), entry.getValue());
    }
    return worked;
  }

  /** When somebody has something to do. */
  public Instant next() {
    var next = Instant.MAX;
    for (var instance : instances.values()) {
      next = instance.next().isBefore(next) ? instance.next() : next;
    }
    for (var back : down.values()) {
      next = back.isBefore(next) ? back : next;
    }
    return next;
  }

  /** The living machine of that number in its role. */
  Optional<Instance> instance(Role role, int number) {
    var living =
        instances.values().stream()
            .filter(i -> i.machine().role() == role && !i.machine().dead())
            .toList();
    return living.isEmpty() ? Optional.empty() : Optional.of(living.get(number % living.size()));
  }

  /** All living machines. */
  List<Instance> living() {
    return instances.values().stream().filter(i -> !i.machine().dead()).toList();
  }

  /** kill -9; it comes back after that time. */
  void kill(Instance instance, Duration time) {
    downFor.put(place(instance), time);
    instance.machine().kill();
  }

  /** It ends in good order and comes back after that time. */
  void leave(Instance instance, Duration time) {
    downFor.put(place(instance), time);
    instance.leave();
  }

  /** One more machine of the role, which leaves after that time. */
  void join(Role role, Duration lasting) {
    var place = guest(role);
    start(place);
    dismiss(place, lasting);
  }

  /** One more watcher of that cluster, which leaves after that time. */
  void watch(int cluster, Duration lasting) {
    var place = guest(Role.WATCH);
    var machine = new Machine(Role.WATCH, place.name(), world.baton());
    var number = cluster % world.sites().size();
    instances.put(place, new WatchInstance(world, machine, chance(place), watchers, number));
    dismiss(place, lasting);
  }

  /** Whoever is down comes back, and guests leave. */
  void restore() {
    down.replaceAll((_, _) -> world.baton().instant());
    revive();
    for (var entry : List.copyOf(instances.entrySet())) {
      if (entry.getKey().guest()) {
        entry.getValue().leave();
        instances.remove(entry.getKey());
      }
    }
  }

  /** Ends every task of every machine. */
  public void close() {
    instances.values().forEach(instance -> instance.machine().kill());
  }

  private void dismiss(Place place, Duration lasting) {
    var end = world.baton().instant().plus(lasting);
    world
        .baton()
        .at(end, () -> Optional.ofNullable(instances.remove(place)).ifPresent(Instance::leave));
  }

  private Place guest(Role role) {
    var number = Place.GUESTS;
    while (lives.containsKey(new Place(role, number))) {
      number++;
    }
    return new Place(role, number);
  }

  private Place place(Instance instance) {
    return instances.entrySet().stream()
        .filter(entry -> entry.getValue() == instance)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private void start(Place place) {
    var machine = new Machine(place.role(), place.name(), world.baton());
    var chance = chance(place);
    instances.put(
        place,
        switch (place.role()) {
          case STREAM -> new StreamInstance(world, machine, tables, streams, taken::add);
          case APPLY -> new ApplyInstance(world, machine, chance);
          case WATCH -> new WatchInstance(world, machine, chance, watchers);
          case OBJECTS -> new ObjectsInstance(world, machine, chance);
        });
  }

  /** Each life of a machine has randomness of its own. */
  private Chance chance(Place place) {
    return world.chance().of(place.name() + "#" + lives.merge(place, 1, Integer::sum));
  }

  private boolean bury(Place place, Instance instance) {
    if (!instance.machine().dead() || instances.get(place) != instance) {
      return false;
    }
    instances.remove(place);
    var time = Optional.ofNullable(downFor.remove(place)).orElse(SUPERVISED);
    if (!place.guest()) {
      down.put(place, world.baton().instant().plus(time));
    }
    return true;
  }

  private boolean revive() {
    var back =
        down.entrySet().stream()
            .filter(entry -> !entry.getValue().isAfter(world.baton().instant()))
            .map(Map.Entry::getKey)
            .toList();
    for (var place : back) {
      down.remove(place);
      start(place);
    }
    return !back.isEmpty();
  }
}
