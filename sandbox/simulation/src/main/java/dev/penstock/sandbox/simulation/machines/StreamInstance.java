package dev.penstock.sandbox.simulation.machines;

import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.sandbox.simulation.engine.Happened.Committed;
import dev.penstock.sandbox.simulation.engine.Happened.Stepped;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.log.Broker;
import dev.penstock.sandbox.simulation.log.Group;
import dev.penstock.sandbox.simulation.log.MachineLog;
import dev.penstock.sandbox.simulation.log.Transaction;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.DecisionsChanged;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.Step;
import dev.penstock.streams.decide.Version;
import dev.penstock.streams.replay.RecordedRun.Taken;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.topology.TickTimes;
import dev.penstock.streams.turn.Effects;
import dev.penstock.streams.turn.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The role {@code stream} as Kafka Streams runs it: the step over the records of its partitions,
 * several in one transaction, which is committed after the commit interval or as soon as an applier
 * waits for it.
 */
final class StreamInstance implements Instance {
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(20);
  private static final long LOOK_MILLIS = 50;
  private static final int MOST_AT_ONCE = 8;

  private final Surroundings world;
  private final Broker broker;
  private final Machine machine;
  private final MachineLog log;
  private final Group group;
  private final JournaledTables tables;
  private final Consumer<Taken> taken;
  private final Map<Integer, Share> shares = new TreeMap<>();
  private final List<Stepped> steps = new ArrayList<>();
  private TickTimes ticks = new TickTimes();
  private Group.Member member;
  private Optional<Transaction> open = Optional.empty();
  private Instant commitAt = Instant.MAX;
  private Instant readAt = Instant.MAX;

  /** A partition that is ours. */
  private final class Share {
    private final Instant restored;
    private final Map<Scope, Instant> timers = new TreeMap<>();
    private final Set<Scope> said = new TreeSet<>();
    private long position;

    private Share(int partition) {
      this.restored = world.baton().instant().plus(world.delays().of(Way.RESTORE, machine.name()));
      this.position = broker.position(partition);
      broker.scopes(partition).forEach(this::look);
    }

    private boolean ready() {
      return !restored.isAfter(world.baton().instant());
    }

    /** Scopes whose log shall say which version decides there, and was not told yet. */
    private List<Scope> unsaid() {
      return timers.keySet().stream()
          .filter(scope -> !said.contains(scope) && Step.chain(tables, scope).seq() > 0)
          .filter(scope -> Version.isUnsaid(tables.get(Table.SETTINGS, scope + "|")))
          .toList();
    }

    private void look(Scope scope) {
      timers.put(scope, Timers.earliest(tables, scope).orElse(Instant.MAX));
    }
  }

  StreamInstance(
      Surroundings world, Machine machine, Tables tables, Group group, Consumer<Taken> taken) {
    this.world = world;
    this.broker = world.broker();
    this.machine = machine;
    this.log = new MachineLog(broker, world.delays(), machine);
    this.group = group;
    this.taken = taken;
    this.tables = new JournaledTables(tables);
    this.member = group.joinAs(machine);
    broker.fence(machine.name());
    // What it held before its restart is to be restored like anything new.
    member.held().forEach(number -> member.giveBack(number));
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public MachineLog log() {
    return log;
  }

  @Override
  public boolean run() {
    if (!machine.running() || broker.away()) {
      return false;
    }
    var worked = regain();
    member.poll();
    worked |= share();
    worked |= commitDue();
    for (var share : shares.entrySet()) {
      worked |= machine.running() && tick(share.getValue());
    }
    return (machine.running() && read()) || worked;
  }

  @Override
  public Instant next() {
    if (!machine.running() || broker.away()) {
      return Instant.MAX;
    }
    var next = commitAt.isBefore(readAt) ? commitAt : readAt;
    for (var share : shares.values()) {
      var due = share.ready() ? tickAt(share) : share.restored;
      next = due.isBefore(next) ? due : next;
    }
    return next;
  }

  @Override
  public void leave() {
    if (open.isPresent() && open.get().open()) {
      commit();
    }
    member.leave();
    machine.kill();
  }

  /** A transaction that the broker gave up, or a group that went on without us: begin anew. */
  private boolean regain() {
    var fenced = open.isPresent() && !open.get().open();
    if (!fenced && !member.expelled()) {
      return false;
    }
    open.filter(Transaction::open).ifPresent(broker::abort);
    forget();
    shares.keySet().forEach(number -> member.giveBack(number));
    shares.clear();
    ticks = new TickTimes();
    if (member.expelled()) {
      member = group.join(machine);
    }
    return true;
  }

  private void forget() {
    steps.clear();
    open = Optional.empty();
    commitAt = Instant.MAX;
    readAt = Instant.MAX;
  }

  /** Gives back and takes partitions as the group says; false if it says nothing. */
  private boolean share() {
    var surplus = member.surplus();
    if (!surplus.isEmpty() && open.isPresent()) {
      commit();
    }
    for (var number : surplus) {
      shares.remove(number);
      member.giveBack(number);
    }
    var taken = member.due();
    taken.removeIf(broker::pending);
    for (var number : taken) {
      member.take(number);
      shares.put(number, new Share(number));
    }
    return !surplus.isEmpty() || !taken.isEmpty();
  }

  private boolean commitDue() {
    if (open.isEmpty() || commitAt.isAfter(world.baton().instant())) {
      return false;
    }
    commit();
    return true;
  }

  private void commit() {
    var transaction = open.orElseThrow();
    open = Optional.empty();
    commitAt = Instant.MAX;
    shares.forEach((number, share) -> transaction.read(number, share.position));
    broker.commit(transaction);
    tables.keep();
    var committed = List.copyOf(steps);
    for (var step : committed) {
      var place = step.place();
      taken.accept(new Taken(step.event(), place.position(), place.time(), step.effects()));
    }
    steps.clear();
    world.observer().after(new Committed(committed));
    machine.reach(Point.COMMITTED);
  }

  /**
   * Appends the version of the deciding code where the log does not name it, and a Tick for each
   * scope whose timer is due and whose last Tick is not under way.
   */
  private boolean tick(Share share) {
    var worked = share.ready() && sayVersion(share);
    for (var timer : share.timers.entrySet()) {
      var scope = timer.getKey();
      var now = world.baton().instant();
      if (share.ready() && !grid(ticks.at(scope, timer.getValue())).isAfter(now)) {
        ticks.sent(scope, now);
        broker.send(new Event(scope, scope + "|tick", new Tick(now)), transaction());
        commitAt = now;
        worked = true;
      }
    }
    return worked && commitDue();
  }

  private boolean sayVersion(Share share) {
    var unsaid = share.unsaid();
    for (var scope : unsaid) {
      share.said.add(scope);
      var version = new DecisionsChanged(Integer.toString(Version.CURRENT), Optional.empty());
      broker.send(new Event(scope, scope + "|version", version), transaction());
      commitAt = world.baton().instant();
    }
    return !unsaid.isEmpty();
  }

  private Instant tickAt(Share share) {
    var next = share.unsaid().isEmpty() ? Instant.MAX : grid(world.baton().instant());
    for (var timer : share.timers.entrySet()) {
      var at = grid(ticks.at(timer.getKey(), timer.getValue()));
      next = at.isBefore(next) ? at : next;
    }
    return next;
  }

  /** Timers are looked at now and then; where nothing takes time, at their very time. */
  private Instant grid(Instant due) {
    if (!world.delays().drawn() || due.equals(Instant.MAX)) {
      return due;
    }
    var millis = due.toEpochMilli() + LOOK_MILLIS;
    return Instant.ofEpochMilli(millis - millis % LOOK_MILLIS);
  }

  /** Takes some of what can be read, once it was fetched; false if there is nothing. */
  private boolean read() {
    var now = world.baton().instant();
    var readable = shares.entrySet().stream().anyMatch(share -> next(share).isPresent());
    if (!readable) {
      readAt = Instant.MAX;
      return false;
    }
    if (readAt.equals(Instant.MAX)) {
      readAt = now.plus(world.delays().of(Way.FETCH, machine.name()));
    }
    if (readAt.isAfter(now)) {
      return false;
    }
    readAt = Instant.MAX;
    var left = world.delays().drawn() ? count() : Integer.MAX_VALUE;
    for (var share : shares.entrySet()) {
      for (var found = next(share);
          found.isPresent() && left > 0 && machine.running();
          found = next(share), left--) {
        take(share.getKey(), share.getValue(), found.get());
      }
    }
    return true;
  }

  private int count() {
    return world.delays().count(MOST_AT_ONCE, machine.name());
  }

  private Optional<MemoryLog.Kept> next(Map.Entry<Integer, Share> share) {
    return share.getValue().ready()
        ? broker.read(share.getKey(), share.getValue().position)
        : Optional.empty();
  }

  private void take(int partition, Share share, MemoryLog.Kept read) {
    machine.reach(Point.TAKEN);
    var transaction = transaction();
    transaction.read(partition, read.appended().position() + 1);
    share.position = read.appended().position() + 1;
    var effects = step(read.event(), read.appended());
    send(effects, transaction);
    share.look(read.event().scope());
    var stepped = new Stepped(read.event(), read.appended(), effects);
    steps.add(stepped);
    world.observer().after(stepped);
    machine.reach(Point.SENT);
    if (!world.delays().drawn()) {
      commit();
    } else if (effects.awaited()) {
      var soon = world.baton().instant().plus(world.delays().of(Way.COMMIT, machine.name()));
      commitAt = soon.isBefore(commitAt) ? soon : commitAt;
    }
  }

  private Effects step(Event event, Appended place) {
    var effects = Step.step(tables, event, place.position(), place.time());
    if (event.body() instanceof Tick(var wall)) {
      ticks.read(event.scope(), wall, place.time());
    }
    return effects;
  }

  private void send(Effects effects, Transaction transaction) {
    for (var entry : effects.commands()) {
      var key = entry.scope() + "|" + entry.key();
      broker.commands().send(entry.scope(), key, entry.command(), transaction);
    }
    for (var entry : effects.kubernetesCommands()) {
      var key = entry.scope() + "|" + entry.object();
      broker.kubernetesCommands().send(entry.scope(), key, entry.command(), transaction);
    }
    transaction.audit(effects.audit());
    transaction.changes(effects.changes());
    transaction.registry(effects.registry());
    effects.events().forEach(event -> broker.send(event, transaction));
  }

  private Transaction transaction() {
    if (open.isEmpty()) {
      var begun = broker.begin(machine.name());
      begun.whenAborted(tables::undo);
      open = Optional.of(begun);
      commitAt = world.baton().instant().plus(COMMIT_INTERVAL);
    }
    return open.get();
  }
}
