package dev.penstock.bench;

import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.Metadata;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a record costs as Avro: the smallest event (a Tick) and an EndpointSlice of ten endpoints,
 * beside Avro's own generic reader, which maps to no type of ours.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private static final int BATCHES = 60;
  private static final int BATCH = 20_000;

  private final RecordCodec<Event> codec = RecordCodec.of(Event.class);
  private final GenericDatumReader<GenericRecord> generic =
      new GenericDatumReader<>(codec.schema());
  private final Event tick = tick();
  private final Event slice = slice();
  private final byte[] tickBytes = codec.encode(tick);
  private final byte[] sliceBytes = codec.encode(slice);

  @Benchmark
  public byte[] encodeTick() {
    return codec.encode(tick);
  }

  @Benchmark
  public Event decodeTick() throws DecodeException {
    return codec.decode(tickBytes);
  }

  @Benchmark
  public byte[] encodeSlice() {
    return codec.encode(slice);
  }

  @Benchmark
  public Event decodeSlice() throws DecodeException {
    return codec.decode(sliceBytes);
  }

  @Benchmark
  public GenericRecord decodeSliceGeneric() throws IOException {
    return generic.read(null, DecoderFactory.get().binaryDecoder(sliceBytes, null));
  }

  /** Sizes, and CPU time a call: the best of many batches, which a busy machine disturbs least. */
  public static void main(String[] args) throws Exception {
    var b = new CodecBenchmark();
    System.out.println("tick " + b.tickBytes.length + " bytes");
    System.out.println("slice " + b.sliceBytes.length + " bytes");
    measure("encodeTick", b::encodeTick);
    measure("decodeTick", b::decodeTick);
    measure("encodeSlice", b::encodeSlice);
    measure("decodeSlice", b::decodeSlice);
    measure("decodeSliceGeneric", b::decodeSliceGeneric);
  }

  private static void measure(String name, Callable<?> call) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    int seen = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      long begun = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < BATCH; i++) {
        seen += call.call() == null ? 1 : 0;
      }
      best = Math.min(best, threads.getCurrentThreadCpuTime() - begun);
    }
    double micros = best / 1_000.0 / BATCH;
    System.out.println(
        name + " " + Math.round(micros * 100) / 100.0 + " us CPU" + (seen == 0 ? "" : " (null)"));
  }

  private static Event tick() {
    Scope scope = new Scope("111122223333", "us-west-2");
    return new Event(scope, scope + "|tick", new ScopeFact.Tick(Instant.EPOCH));
  }

  private static Event slice() {
    Scope scope = new Scope("111122223333", "us-west-2");
    var labels = new TreeMap<String, String>();
    labels.put("kubernetes.io/service-name", "web");
    labels.put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
    var metadata =
        new Metadata(
            "default",
            "web-abc12",
            "0f9e6a7e-6f0e-4b5a-9a39-2f2a3f6e2f10",
            "123456789",
            7,
            labels,
            Map.of(),
            List.of(),
            Optional.of(Instant.EPOCH),
            Optional.empty());
    var endpoints = IntStream.range(0, 10).mapToObj(CodecBenchmark::endpoint).toList();
    var slice =
        new EndpointSlice(
            metadata,
            "web",
            "IPv4",
            List.of(new EndpointSlice.Port("http", 8080, "TCP")),
            endpoints);
    String key = scope + "|prod|EndpointSlice|default/web-abc12";
    return new Event(scope, key, new ClusterFact.ObjectUpserted("prod", "tenure-1", slice));
  }

  private static EndpointSlice.Endpoint endpoint(int i) {
    return new EndpointSlice.Endpoint(
        List.of("10.0.12." + i),
        Optional.of(true),
        Optional.of(true),
        Optional.of(false),
        Optional.of(
            new EndpointSlice.PodReference(
                "web-7d4b9c6f5-" + i, "0f9e6a7e-6f0e-4b5a-9a39-2f2a3f6e2f" + i, "")),
        Optional.of("ip-10-0-12-" + i + ".us-west-2.compute.internal"),
        Optional.of("us-west-2a"));
  }
}
