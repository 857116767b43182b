package dev.penstock.streams.topology;

import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Effects;
import dev.penstock.streams.turn.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A thin shell around {@link Step}: the stores as tables, the effects to the sinks. Its one
 * punctuator appends a Tick to the log of a scope whose earliest timer is due; the decision is made
 * when the Tick is read back.
 */
final class ReconcileProcessor implements Processor<String, Object, String, byte[]> {
  private static final Duration LOOK = Duration.ofMillis(50);

  /**
   * A Tick that was not read back after so long is sent again: it may have been lost with a dead
   * transaction.
   */
  private static final Duration TICK_PATIENCE = Duration.ofSeconds(2);

  private final Codecs codecs;
  private final Watch watch;
  private final Map<Scope, Instant> ticked = new HashMap<>();
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable StoreTables tables;

  ReconcileProcessor(Codecs codecs, Watch watch) {
    this.codecs = codecs;
    this.watch = watch;
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
    var position = context().recordMetadata().orElseThrow().offset();
    var effects = Step.step(tables(), event, position, Instant.ofEpochMilli(record.timestamp()));
    if (event.body() instanceof Tick) {
      ticked.remove(event.scope());
    }
    send(effects, record.timestamp());
    watch.taken(event, record.timestamp(), effects);
  }

  private void send(Effects effects, long time) {
    effects
        .commands()
        .forEach(entry ->
            forward(
                entry.scope() + "|" + entry.key(),
                entry.command().map(codecs.commands()::encode).orElse(null),
                time,
                Names.COMMANDS));
    effects
        .kubernetesCommands()
        .forEach(entry ->
            forward(
                entry.scope() + "|" + entry.object(),
                entry.command().map(codecs.kubernetesCommands()::encode).orElse(null),
                time,
                Names.KUBERNETES_COMMANDS));
    effects
        .audit()
        .forEach(a -> forward(a.scope().toString(), codecs.audit().encode(a), time, Names.AUDIT));
    effects
        .changes()
        .forEach(c ->
            forward(
                c.scope() + "|" + c.subject(), codecs.changes().encode(c), time, Names.CHANGES));
    effects
        .checkpoints()
        .forEach(c ->
            forward(
                c.scope() + "|" + c.seq(),
                codecs.checkpoints().encode(c),
                time,
                Names.CHECKPOINTS));
    effects.events().forEach(e -> append(e, time));
  }

  private void append(Event event, long time) {
    forward(event.key(), codecs.events().encode(event), time, Names.EVENTS);
  }

  private void tick(long wallMillis) {
    var wall = Instant.ofEpochMilli(wallMillis);
    for (var chain : tables().scan(Table.CHAIN, "")) {
      var scope = RecordKeys.scope(chain.key());
      var due = Timers.earliest(tables(), scope);
      if (due.isEmpty() || due.get().isAfter(wall) || patient(scope, wall)) {
        continue;
      }
      ticked.put(scope, wall);
      append(new Event(scope, scope + "|tick", new Tick(wall)), wallMillis);
    }
  }

  private boolean patient(Scope scope, Instant wall) {
    var sent = ticked.get(scope);
    return sent != null && sent.plus(TICK_PATIENCE).isAfter(wall);
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
