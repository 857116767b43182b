package dev.penstock.streams;

import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.streams.replay.RecordedRun;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A world whose log was recorded, and its records changed by hand. */
final class RecordedWorld {
  private RecordedWorld() {}

  /** A cluster whose Ingress is served, one pod of it replaced, two checkpoints written. */
  static MemoryHistory served() {
    var world = new World();
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.live(10_000, 500);
    world.append(Facts.REGION, new PersonFact.CheckpointRequested("ann"));
    world.upsert("watch-1", Facts.pod(3));
    world.upsert("watch-1", Facts.slice(2, 3));
    world.live(5_000, 500);
    world.append(Facts.REGION, new PersonFact.CheckpointRequested("ann"));
    world.upsert("watch-1", Facts.slice(3));
    world.live(5_000, 500);
    var run = new ArrayList<RecordedRun.Taken>();
    for (int i = 0; i < world.log.size(); i++) {
      var kept = world.log.get(i);
      var effects = world.effects.get(i);
      run.add(new RecordedRun.Taken(kept.event(), kept.position(), kept.time(), effects));
    }
    return RecordedRun.of(run);
  }

  /** The same record with another value. */
  static <T> RawRecord changed(RawRecord record, Class<T> type, UnaryOperator<T> change) {
    var out = new ByteArrayOutputStream();
    out.write(record.value().orElseThrow(), 0, WireDecoder.HEADER_BYTES);
    out.writeBytes(RecordCodec.of(type).encode(change.apply(value(record, type))));
    return new RawRecord(
        record.position(), record.time(), record.key(), Optional.of(out.toByteArray()));
  }

  static <T> T value(RawRecord record, Class<T> type) {
    var bytes = record.value().orElseThrow();
    try {
      return RecordCodec.of(type)
          .decode(Arrays.copyOfRange(bytes, WireDecoder.HEADER_BYTES, bytes.length));
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }
}
