package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KafkaSharesIT {
  private static final long BOUND_NANOS = Duration.ofSeconds(60).toNanos();

  @Test
  void eachNumberIsHeldByOneOfTwoMembersAndByTheOtherWhenItLeaves() throws LogFailed {
    try (var kafka = new Kafka()) {
      var all = IntStream.range(0, 4).boxed().toList();
      var first = KafkaShares.open(kafka.connection, kafka.catalogue, "watchers", 6_000);
      try (var second = KafkaShares.open(kafka.connection, kafka.catalogue, "watchers", 6_000)) {
        var both = List.<Shares>of(first, second);
        var parted = until(both, held -> held.stream().allMatch(one -> one.size() == 2));
        var union = new TreeSet<>(parted.getFirst());
        union.addAll(parted.getLast());
        assertEquals(all, List.copyOf(union));
        first.close();
        until(List.of(second), held -> held.getFirst().size() == 4);
      }
    }
  }

  @Test
  void aNameHasTheSameNumberEverywhere() throws LogFailed {
    try (var kafka = new Kafka();
        var shares = KafkaShares.open(kafka.connection, kafka.catalogue, "watchers", 6_000)) {
      assertEquals(4, shares.count());
      assertEquals(Math.floorMod("blue".hashCode(), 4), shares.of("blue"));
    }
  }

  private static List<TreeSet<Integer>> until(
      List<Shares> members, Predicate<List<TreeSet<Integer>>> condition) throws LogFailed {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < BOUND_NANOS) {
      var held = new ArrayList<TreeSet<Integer>>();
      for (var member : members) {
        held.add(new TreeSet<>(member.poll(Duration.ofMillis(200))));
      }
      if (condition.test(held)) {
        return held;
      }
    }
    throw new AssertionError("the numbers were never spread");
  }
}
