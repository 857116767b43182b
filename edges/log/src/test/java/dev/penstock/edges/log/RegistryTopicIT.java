package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RegistryTopicIT {
  @Test
  void aScopeKeepsItsPartitionForEver() throws LogFailed {
    try (var kafka = new Kafka()) {
      var partitions = new TreeMap<Scope, Integer>();
      for (int i = 0; i < 8; i++) {
        Scope scope = Examples.scope("account" + i);
        partitions.put(scope, kafka.registrations.register(scope));
      }
      for (var entry : partitions.entrySet()) {
        assertEquals(entry.getValue(), kafka.registrations.register(entry.getKey()));
      }
      try (var other = RegistryTopic.open(kafka.connection, kafka.catalogue, kafka.registry)) {
        for (var entry : partitions.entrySet()) {
          assertEquals(entry.getValue(), other.partition(entry.getKey()));
        }
        for (int p = 0; p < 4; p++) {
          assertEquals(2, other.current().scopes(p).size());
        }
      }
    }
  }

  @Test
  void anotherProcessSeesARegistrationWhenItNeedsIt() throws LogFailed {
    try (var kafka = new Kafka();
        var other = RegistryTopic.open(kafka.connection, kafka.catalogue, kafka.registry)) {
      Scope scope = Examples.scope("1");
      var failure = assertThrows(LogFailed.class, () -> other.partition(scope));
      assertEquals(Fault.UNKNOWN_SCOPE, failure.fault());
      assertEquals(kafka.registrations.register(scope), other.partition(scope));
    }
  }

  @Test
  void clustersAreKeptWithTheirMode() throws LogFailed {
    try (var kafka = new Kafka()) {
      var entry = new Specimens(3).of(ClusterEntry.class);
      kafka.registrations.put(entry);
      assertEquals(List.of(entry), kafka.registrations.current().clusters());
      assertEquals(
          entry.registration(),
          kafka.registrations.current().cluster(entry.registration().cluster()).orElseThrow());
    }
  }

  @Test
  void twoWritersAtOnceAgreeOnThePartition() throws Exception {
    try (var kafka = new Kafka();
        var other = RegistryTopic.open(kafka.connection, kafka.catalogue, kafka.registry)) {
      var scopes = IntStream.range(0, 4).mapToObj(i -> Examples.scope("a" + i)).toList();
      var thread = new Thread(() -> scopes.forEach(s -> attempt(other, s)));
      thread.start();
      scopes.reversed().forEach(s -> attempt(kafka.registrations, s));
      thread.join();
      Map<Scope, Integer> seen = new HashMap<>();
      for (Scope scope : scopes) {
        attempt(other, scope);
        seen.put(scope, other.partition(scope));
        kafka.registrations.refresh();
        assertEquals(seen.get(scope), kafka.registrations.partition(scope));
      }
      assertEquals(new TreeSet<>(scopes), new TreeSet<>(kafka.registrations.current().scopes()));
    }
  }

  /** A writer that is overtaken fails, and tries again. */
  private static void attempt(RegistryTopic topic, Scope scope) {
    for (int i = 0; i < 50; i++) {
      try {
        topic.register(scope);
        return;
      } catch (LogFailed e) {
        assertEquals(Fault.UNREACHABLE, e.fault());
      }
    }
    throw new IllegalStateException("never registered " + scope);
  }
}
