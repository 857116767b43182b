package dev.penstock.streams.topology;

import dev.penstock.edges.log.RecordKeys;
import dev.penstock.edges.log.Registrations;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.DecisionsChanged;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.Step;
import dev.penstock.streams.decide.Version;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Effects;
import dev.penstock.streams.turn.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A thin shell around {@link Step}: the stores as tables, the effects to the sinks. Its one
 * punctuator appends a Tick to the log of a scope whose earliest timer is due, and the version of
 * the deciding code where the log does not name it; what follows is decided when they are read.
 */
final class ReconcileProcessor implements Processor<String, Object, String, byte[]> {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Codecs codecs;
  private final Surroundings surroundings;
  private final Set<Scope> takesBack;
  private final TickTimes ticks = new TickTimes();
  private final Set<Scope> said = new HashSet<>();
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable StoreTables tables;

  ReconcileProcessor(Codecs codecs, Surroundings surroundings) {
    this.codecs = codecs;
    this.surroundings = surroundings;
    this.takesBack = new HashSet<>(surroundings.takeBack().scopes());
  }

  /** Told of every record that was taken; for metrics. Called by the stream thread. */
  @FunctionalInterface
  public interface Watch {
    void taken(Event event, long appendMillis, Effects effects);
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    context = processorContext;
    tables = new StoreTables(processorContext);
    processorContext.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, Object> record) {
    var event = (Event) record.value();
    var place = context().recordMetadata().orElseThrow();
    requireOneHistory(event.scope(), place);
    requireNewerCode(event.scope());
    var appended = Instant.ofEpochMilli(record.timestamp());
    var effects = Step.step(tables(), event, place.offset(), appended);
    if (event.body() instanceof Tick(var wall)) {
      ticks.read(event.scope(), wall, appended);
    }
    send(effects, record.timestamp());
    if (effects.awaited()) {
      context().commit();
    }
    surroundings.watch().taken(event, record.timestamp(), effects);
  }

  /**
   * A record may be read a second time; but if the log ends before the place up to which the tables
   * read it, it is another log: taking it would skip everything without a word.
   */
  private void requireOneHistory(Scope scope, RecordMetadata place) {
    var read = Step.chain(tables(), scope).position();
    if (place.offset() <= read && surroundings.ends().of(place.partition()) <= read) {
      throw new IllegalStateException(
          place.topic()
              + " partition "
              + place.partition()
              + " ends before position "
              + read
              + ", up to which the tables of scope "
              + scope
              + " have read it: the topic was made anew; restore it from a backup and start again,"
              + " or "
              + Reconciler.BEGIN_ANEW);
    }
  }

  /** What is taken back is so once: newer code that decides there later is not driven out. */
  private void requireNewerCode(Scope scope) {
    var settings = tables().get(Table.SETTINGS, scope + "|");
    var outdated = Version.outdated(settings);
    if (!outdated && !Version.isUnsaid(settings)) {
      takesBack.remove(scope);
    }
    if (outdated && !takesBack.contains(scope)) {
      throw new IllegalStateException(
          "scope "
              + scope
              + " is decided by version "
              + settings.orElseThrow().decisions()
              + " of the deciding code and this is version "
              + Version.CURRENT
              + ": start a release with that version or a newer one; or, when none runs any more,"
              + " take the scope back with `penstock stream --take-back "
              + scope
              + "`");
    }
  }

  private void send(Effects effects, long time) {
    effects
        .commands()
        .forEach(entry ->
            forward(
                entry.scope() + "|" + entry.key(),
                entry.command().map(codecs.commands()::encode).orElse(null),
                time,
                NodeNames.COMMANDS));
    effects
        .kubernetesCommands()
        .forEach(entry ->
            forward(
                entry.scope() + "|" + entry.object(),
                entry.command().map(codecs.kubernetesCommands()::encode).orElse(null),
                time,
                NodeNames.KUBERNETES_COMMANDS));
    effects
        .audit()
        .forEach(
            a -> forward(a.scope().toString(), codecs.audit().encode(a), time, NodeNames.AUDIT));
    effects
        .changes()
        .forEach(c ->
            forward(
                c.scope() + "|" + c.subject(),
                codecs.changes().encode(c),
                time,
                NodeNames.CHANGES));
    effects
        .checkpoints()
        .forEach(c ->
            forward(
                c.scope() + "|" + c.seq(),
                codecs.checkpoints().encode(c),
                time,
                NodeNames.CHECKPOINTS));
    effects
        .registry()
        .forEach(e ->
            forward(Registrations.key(e), codecs.registry().encode(e), time, NodeNames.REGISTRY));
    effects.events().forEach(e -> append(e, time));
  }

  /** A record for a scope that nobody registered has no partition: it is a dead letter. */
  private void append(Event event, long time) {
    if (surroundings.partitions().of(event.scope()).isPresent()) {
      forward(event.key(), codecs.events().encode(event), time, NodeNames.EVENTS);
      return;
    }
    var letter =
        Letters.of(
            context().recordMetadata().orElseThrow(),
            event.key(),
            codecs.events().encode(event),
            "what followed from this record is for scope "
                + event.scope()
                + ", which is not registered");
    forward(letter.key(), codecs.deadLetters().encode(letter), time, NodeNames.DEAD_LETTERS);
  }

  private void tick(long wallMillis) {
    var wall = Instant.ofEpochMilli(wallMillis);
    for (var chain : tables().scan(Table.CHAIN, "")) {
      var scope = RecordKeys.scope(chain.key());
      sayVersion(scope, wallMillis);
      var due = Timers.earliest(tables(), scope, wall);
      if (due.isPresent() && ticks.wanted(scope, due.get(), wall)) {
        ticks.sent(scope, wall);
        append(new Event(scope, scope + "|tick", new Tick(wall)), wallMillis);
        // Until it is committed nobody reads what was appended after it.
        context().commit();
      }
    }
  }

  /** Once for each scope that this task got: the record comes back before long. */
  private void sayVersion(Scope scope, long wallMillis) {
    var settings = tables().get(Table.SETTINGS, scope + "|");
    var by =
        Version.outdated(settings) && takesBack.contains(scope)
            ? Optional.of(surroundings.takeBack().by())
            : Optional.<String>empty();
    if ((by.isPresent() || Version.isUnsaid(settings)) && said.add(scope)) {
      var version = new DecisionsChanged(Integer.toString(Version.CURRENT), by);
      append(new Event(scope, scope + "|version", version), wallMillis);
      context().commit();
    }
  }

  private void forward(String key, byte @Nullable [] value, long time, String child) {
    context().forward(new Record<>(key, value, time), child);
  }

  private ProcessorContext<String, byte[]> context() {
    if (context == null) {
      throw new IllegalStateException("process before init");
    }
    return context;
  }

  private StoreTables tables() {
    if (tables == null) {
      throw new IllegalStateException("process before init");
    }
    return tables;
  }
}
