package dev.penstock.sandbox.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkRequest;

/** Every call that arrived, in order: what tests ask when they ask what was called. */
public final class RequestLog {
  /**
   * @param code {@code OK}, or the error code of the answer
   * @param effective whether the call was carried out (also if its answer was lost)
   */
  public record Entry(
      long seq,
      Instant at,
      ApiOperation operation,
      SdkRequest request,
      Caller caller,
      String requestId,
      int status,
      String code,
      boolean effective,
      Duration latency) {

    /** Whether a caller that waits at most that long has an answer. */
    public boolean answeredWithin(Duration patience) {
      return status != 0 && latency.compareTo(patience) <= 0;
    }

    public boolean wrote() {
      return effective && !operation.reads();
    }
  }

  private final int bound;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long seq;

  RequestLog(int bound) {
    this.bound = bound;
  }

  long nextSeq() {
    return ++seq;
  }

  void add(Entry entry) {
    entries.addLast(entry);
    if (entries.size() > bound) {
      entries.removeFirst();
    }
  }

  /** The number of the newest call; {@code after(last())} then sees only later ones. */
  public long last() {
    return seq;
  }

  public List<Entry> after(long number) {
    return entries.stream().filter(entry -> entry.seq() > number).toList();
  }

  public List<Entry> matching(Predicate<Entry> wanted) {
    return entries.stream().filter(wanted).toList();
  }

  /** How often each operation was called after {@code number}, by name. */
  public Map<String, Long> counts(long number) {
    var counts = new TreeMap<String, Long>();
    after(number).forEach(entry -> counts.merge(entry.operation().toString(), 1L, Long::sum));
    return counts;
  }
}
