package dev.penstock.streams.replay;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.Cursor;
import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.replay.Difference.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One partition of what is recorded, read beside what is decided again: the reconciler wrote both
 * in the same order. Holds one record at a time. What retention deleted at its beginning is not
 * missed.
 */
final class RecordedOutput<T> implements AutoCloseable {
  private final Output<T> output;
  private final RecordCodec<T> codec;
  private final WireDecoder<T> decoder;
  private final Interest interest;
  private final Cursor cursor;
  private final boolean whole;
  private final Set<Scope> begun = new HashSet<>();
  private final Map<Scope, Long> compared = new HashMap<>();
  private Optional<Head<T>> head = Optional.empty();
  private boolean ended;

  /** Which recorded values count: by the turn that wrote them, or a later one than this. */
  interface Interest {
    boolean wants(Scope scope, long seq);
  }

  /** The next recorded value: decoded, or why it cannot be. */
  private record Head<T>(RawRecord raw, Scope scope, Optional<T> value, String problem) {}

  private RecordedOutput(
      Output<T> output, History history, Interest interest, Cursor cursor, boolean whole) {
    this.output = output;
    this.codec = RecordCodec.of(output.type());
    this.decoder = WireDecoder.of(history.schemas(), output.type());
    this.interest = interest;
    this.cursor = cursor;
    this.whole = whole;
  }

  static <T> RecordedOutput<T> open(
      Output<T> output, History history, int partition, Interest interest)
      throws LogFailed, IOException {
    var span = history.span(output.topic(), partition);
    var cursor = history.open(span, span.beginning());
    return new RecordedOutput<>(output, history, interest, cursor, span.beginning() == 0);
  }

  String topic() {
    return output.topic().name();
  }

  /** How many recorded values of a scope were compared. */
  long compared(Scope scope) {
    return compared.getOrDefault(scope, 0L);
  }

  /** Compares what a turn decided with what is recorded of it. */
  Optional<Difference> compare(Turned turn) throws LogFailed, IOException {
    for (var value : output.decided().apply(turn.effects())) {
      var difference = compare(turn, value);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return peek()
        .filter(next -> next.scope().equals(turn.scope()))
        .flatMap(next -> left(turn, next));
  }

  private Optional<Difference> compare(Turned turn, T value) throws LogFailed, IOException {
    var next = peek();
    if (next.isPresent() && next.get().value().isEmpty()) {
      return Optional.of(unreadable(turn, next.get()));
    }
    var recorded = next.flatMap(Head::value).filter(other -> same(other, value));
    if (recorded.isPresent()) {
      var written = next.get();
      head = Optional.empty();
      begun.add(turn.scope());
      compared.merge(turn.scope(), 1L, Long::sum);
      return equal(recorded.get(), value)
          ? Optional.empty()
          : Optional.of(changed(turn, written, recorded.get(), value));
    }
    return output.compacted() || !(whole || begun.contains(turn.scope()))
        ? Optional.empty()
        : Optional.of(notRecorded(turn, value, next));
  }

  private boolean same(T recorded, T decided) {
    return output.scope().apply(recorded).equals(output.scope().apply(decided))
        && output.seq().applyAsLong(recorded) == output.seq().applyAsLong(decided)
        && output.id().apply(recorded).equals(output.id().apply(decided));
  }

  /** Bit for bit: the bytes under one schema. */
  private boolean equal(T recorded, T decided) {
    return Arrays.equals(codec.encode(recorded), codec.encode(decided));
  }

  /** What is recorded of this turn or an earlier one, and was not decided in it. */
  private Optional<Difference> left(Turned turn, Head<T> next) {
    if (next.value().isEmpty()) {
      return Optional.of(unreadable(turn, next));
    }
    return next.value()
        .filter(_ -> output.carriesSeqOfItsTurn())
        .filter(value -> output.seq().applyAsLong(value) <= turn.chain().seq())
        .map(value -> onlyRecorded(turn, next, value));
  }

  private Difference changed(Turned turn, Head<T> next, T recorded, T decided) {
    var field = FieldChange.first(recorded, decided);
    return difference(
        Kind.CHANGED, turn, decided, field, Suspicion.of(recorded, next.raw(), Optional.empty()));
  }

  private Difference notRecorded(Turned turn, T decided, Optional<Head<T>> next) {
    var field = new FieldChange("", "(none)", RecordJson.write(decided));
    var after = next.flatMap(Head::value);
    return difference(Kind.NOT_RECORDED, turn, decided, field, Suspicion.ofMissing(decided, after));
  }

  private Difference onlyRecorded(Turned turn, Head<T> next, T recorded) {
    var field = new FieldChange("", RecordJson.write(recorded), "(none)");
    return difference(
        Kind.ONLY_RECORDED,
        turn,
        recorded,
        field,
        Suspicion.of(recorded, next.raw(), Optional.of(turn.chain())));
  }

  private Difference unreadable(Turned turn, Head<T> next) {
    return new Difference(
        Kind.UNREADABLE,
        output.topic().name(),
        next.raw().key(),
        turn.chain().seq(),
        turn.cause(),
        "",
        "position " + next.raw().position(),
        "",
        next.problem());
  }

  private Difference difference(
      Kind kind, Turned turn, T value, FieldChange field, String explanation) {
    return new Difference(
        kind,
        output.topic().name(),
        output.id().apply(value),
        turn.chain().seq(),
        turn.cause(),
        field.path(),
        field.before(),
        field.after(),
        explanation);
  }

  private Optional<Head<T>> peek() throws LogFailed, IOException {
    while (head.isEmpty() && !ended) {
      var raw = cursor.next();
      ended = raw.isEmpty();
      head = raw.filter(record -> record.value().isPresent()).flatMap(this::wanted);
    }
    // A scope may have stopped since its record was read.
    if (head.isPresent() && !interest.wants(head.get().scope(), seq(head.get()))) {
      head = Optional.empty();
      return peek();
    }
    return head;
  }

  private long seq(Head<T> next) {
    return next.value().map(this::turn).orElse(Long.MAX_VALUE);
  }

  /** A checkpoint is written after the turn of which it tells. */
  private long turn(T value) {
    return output.seq().applyAsLong(value) + (output.carriesSeqOfItsTurn() ? 0 : 1);
  }

  private Optional<Head<T>> wanted(RawRecord raw) {
    var read = read(raw);
    read.ifPresent(next -> {
      if (!interest.wants(next.scope(), seq(next))) {
        begun.add(next.scope());
      }
    });
    return read.filter(next -> interest.wants(next.scope(), seq(next)));
  }

  private Optional<Head<T>> read(RawRecord raw) {
    return switch (decoder.decode(raw.value().orElseThrow())) {
      case Decoded.Ok<T>(var value) ->
          Optional.of(new Head<>(raw, output.scope().apply(value), Optional.of(value), ""));
      case Decoded.Malformed<T>(var reason) -> unreadable(raw, reason);
      case Decoded.UnknownSchema<T>(var id, var reason) ->
          unreadable(raw, "schema " + id + ": " + reason);
    };
  }

  /** What has no scope's key either is nobody's. */
  private Optional<Head<T>> unreadable(RawRecord raw, String reason) {
    return RecordKeys.find(raw.key())
        .map(scope -> new Head<>(raw, scope, Optional.empty(), reason));
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
