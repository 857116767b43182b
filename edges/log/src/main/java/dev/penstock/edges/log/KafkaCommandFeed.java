package dev.penstock.edges.log;

import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A command topic as a feed. What was fetched waits here until it was told, whatever fails between.
 * Committing offsets is the proof of life: the group's coordinator takes them from a living member
 * only. They are never read: each assignment starts at the beginning.
 */
public final class KafkaCommandFeed<C> implements CommandFeed<C> {
  private static final Duration PROOF_EVERY = Duration.ofMillis(500);
  private static final Duration PROOF_WITHIN = Duration.ofSeconds(1);
  private static final Duration REGISTRY_EVERY = Duration.ofSeconds(1);

  private final WireCodec<C> codec;
  private final RegistrationSource registrations;
  private final InstantSource clock;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<TopicPartition, Part> parts = new HashMap<>();
  private final Deque<ConsumerRecord<String, byte[]>> fetched = new ArrayDeque<>();
  private final List<FeedEvent<C>> happened = new ArrayList<>();
  private Instant registryRead;
  private volatile Instant lastPoll;

  /** A partition that is ours. */
  private static final class Part {
    private final Set<Scope> scopes = new TreeSet<>();
    private OptionalLong end = OptionalLong.empty();
    private boolean fresh = true;
    private boolean caughtUp;
  }

  private KafkaCommandFeed(
      WireCodec<C> codec,
      RegistrationSource registrations,
      InstantSource clock,
      KafkaConsumer<String, byte[]> consumer) {
    this.codec = codec;
    this.registrations = registrations;
    this.clock = clock;
    this.consumer = consumer;
    this.registryRead = clock.instant();
    this.lastPoll = Instant.EPOCH;
  }

  /** Joins the group with the next poll. The registrations stay the caller's. */
  public static <C> KafkaCommandFeed<C> open(
      Connection connection,
      Catalogue catalogue,
      SchemaRegistry registry,
      RegistryTopic registrations,
      Membership<C> membership,
      InstantSource clock)
      throws LogFailed {
    return from(connection, catalogue, registry, registrations, membership, clock);
  }

  /** The same with registrations from elsewhere. */
  static <C> KafkaCommandFeed<C> from(
      Connection connection,
      Catalogue catalogue,
      SchemaRegistry registry,
      RegistrationSource registrations,
      Membership<C> membership,
      InstantSource clock)
      throws LogFailed {
    Topic topic = membership.topic();
    var codec = WireCodec.open(registry, catalogue, topic, membership.type());
    var settings =
        ClientSettings.member(
            connection, catalogue.prefix() + membership.group(), membership.sessionMillis());
    var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    var feed = new KafkaCommandFeed<>(codec, registrations, clock, consumer);
    consumer.subscribe(List.of(catalogue.name(topic)), feed.new Listener());
    return feed;
  }

  /** Which topic is read as a member of which group. */
  public record Membership<C>(Topic topic, Class<C> type, String group, int sessionMillis) {}

  @Override
  public List<FeedEvent<C>> poll(Duration atMost) throws LogFailed {
    Instant begun = clock.instant();
    try {
      beginReading();
      consumer.poll(fetched.isEmpty() ? atMost : Duration.ZERO).forEach(fetched::addLast);
      while (!fetched.isEmpty()) {
        take(fetched.getFirst());
        fetched.removeFirst();
      }
      tellCaughtUp();
      newScopes(begun);
      prove(begun);
    } catch (KafkaException e) {
      throw Failures.of("polling commands", e);
    }
    var result = List.copyOf(happened);
    happened.clear();
    return result;
  }

  @Override
  public Instant lastPoll() {
    return lastPoll;
  }

  @Override
  public void close() {
    consumer.close(
        CloseOptions.timeout(PROOF_WITHIN)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  /**
   * Partitions that were told as assigned start now; what they hold now is told before CaughtUp.
   */
  private void beginReading() {
    var fresh = parts.entrySet().stream().filter(p -> p.getValue().fresh).toList();
    if (fresh.isEmpty()) {
      return;
    }
    var partitions = fresh.stream().map(Map.Entry::getKey).toList();
    var ends = consumer.endOffsets(partitions);
    for (var entry : fresh) {
      entry.getValue().end = OptionalLong.of(ends.getOrDefault(entry.getKey(), 0L));
      entry.getValue().fresh = false;
    }
    consumer.resume(partitions);
  }

  private void take(ConsumerRecord<String, byte[]> record) throws LogFailed {
    Part part = parts.get(new TopicPartition(record.topic(), record.partition()));
    Optional<Scope> scope = scope(record);
    if (part == null || scope.isEmpty()) {
      // A key of no scope belongs to nobody: no applier could be asked to do it.
      return;
    }
    if (!part.scopes.contains(scope.get())) {
      tellNewScopes(registrations.refresh());
    }
    if (part.scopes.contains(scope.get())) {
      happened.add(read(scope.get(), record));
    }
  }

  private static Optional<Scope> scope(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.of(RecordKeys.scope(record.key() == null ? "" : record.key()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private FeedEvent<C> read(Scope scope, ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return new FeedEvent.Closed<>(scope, record.key(), record.offset());
    }
    return switch (codec.decode(record.value())) {
      case Decoded.Ok<C>(var command) ->
          new FeedEvent.Opened<>(scope, record.key(), record.offset(), command);
      case Decoded.UnknownSchema<C>(var id, var reason) ->
          new FeedEvent.Unreadable<>(
              scope, record.key(), record.offset(), "schema " + id + ": " + reason);
      case Decoded.Malformed<C>(var reason) ->
          new FeedEvent.Unreadable<>(scope, record.key(), record.offset(), reason);
    };
  }

  private void tellCaughtUp() {
    for (var entry : parts.entrySet()) {
      Part part = entry.getValue();
      if (!part.caughtUp
          && part.end.isPresent()
          && consumer.position(entry.getKey()) >= part.end.getAsLong()) {
        part.caughtUp = true;
        part.scopes.forEach(s -> happened.add(new FeedEvent.CaughtUp<>(s)));
      }
    }
  }

  private void newScopes(Instant now) throws LogFailed {
    if (!now.isBefore(registryRead.plus(REGISTRY_EVERY))) {
      registryRead = now;
      tellNewScopes(registrations.refresh());
    }
  }

  /** A scope that was registered after its partition became ours has no older commands. */
  private void tellNewScopes(Registrations current) {
    for (var entry : parts.entrySet()) {
      Part part = entry.getValue();
      for (Scope scope : current.scopes(entry.getKey().partition())) {
        if (part.scopes.add(scope)) {
          happened.add(new FeedEvent.Assigned<>(scope));
          if (part.caughtUp) {
            happened.add(new FeedEvent.CaughtUp<>(scope));
          }
        }
      }
    }
  }

  private void prove(Instant begun) {
    if (parts.isEmpty() || begun.isBefore(lastPoll.plus(PROOF_EVERY))) {
      return;
    }
    var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
    parts.keySet().forEach(p -> positions.put(p, new OffsetAndMetadata(consumer.position(p))));
    Instant before = clock.instant();
    try {
      consumer.commitSync(positions, PROOF_WITHIN);
      lastPoll = before;
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
      // No proof, so lastPoll stays; the next poll learns what became of our membership.
    }
  }

  private final class Listener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      if (assigned.isEmpty()) {
        // Somebody joined or left and we keep what we have: a seek of none would be a seek of all.
        return;
      }
      consumer.seekToBeginning(assigned);
      consumer.pause(assigned);
      for (TopicPartition partition : sorted(assigned)) {
        var part = new Part();
        part.scopes.addAll(registrations.current().scopes(partition.partition()));
        parts.put(partition, part);
        part.scopes.forEach(s -> happened.add(new FeedEvent.Assigned<>(s)));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      fetched.removeIf(r -> revoked.contains(new TopicPartition(r.topic(), r.partition())));
      for (TopicPartition partition : sorted(revoked)) {
        Part part = parts.remove(partition);
        if (part != null) {
          part.scopes.forEach(s -> happened.add(new FeedEvent.Revoked<>(s)));
        }
      }
    }
  }

  private static Collection<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    var sorted = new TreeMap<Integer, TopicPartition>();
    partitions.forEach(p -> sorted.put(p.partition(), p));
    return sorted.values();
  }
}
