package dev.penstock.streams.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact.DecisionsChanged;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.topic.DeadLetter;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.TakeBack;
import dev.penstock.streams.decide.Version;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shape of the topology is committed; its behaviour is that of the step, in bytes. */
final class ReconcilerTopologyTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("project.root", ".."), "streams-app/topology.txt");
  private static final Pattern NUMBERED = Pattern.compile("\\S*\\d{10}\\b");
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final Scope ELSEWHERE = new Scope("111122223333", "eu-west-1");
  private static final Scope UNREGISTERED = new Scope("not-an-account", "nowhere");
  private static final long END = 100;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Catalogue catalogue = Catalogue.small("");
  private final Codecs codecs;
  private TopologyTestDriver driver;

  ReconcilerTopologyTest() throws Exception {
    var registry = new SchemaRegistry(new MockSchemaRegistryClient());
    registry.registerAll(catalogue);
    codecs = Codecs.open(registry, catalogue, "penstock");
    driver = driver(TakeBack.nothing());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private TopologyTestDriver driver(TakeBack takeBack) {
    var settings = new Properties();
    settings.put("application.id", "penstock");
    settings.put("bootstrap.servers", "none:9092");
    return new TopologyTestDriver(topology(takeBack), settings, BEGIN);
  }

  private Topology topology(TakeBack takeBack) {
    var surroundings =
        new Surroundings(ReconcilerTopologyTest::partition, _ -> END, takeBack, (_, _, _) -> {});
    return ReconcilerTopology.build(catalogue, codecs, surroundings);
  }

  private static Optional<Integer> partition(Scope scope) {
    if (scope.equals(ELSEWHERE)) {
      return Optional.of(3);
    }
    return scope.equals(UNREGISTERED) ? Optional.empty() : Optional.of(0);
  }

  private void pipe(String key, byte[] value) {
    driver
        .createInputTopic(
            catalogue.name(Topics.EVENTS), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(key, value, BEGIN);
  }

  private void append(EventBody body) {
    append(SCOPE, body);
  }

  private void append(Scope scope, EventBody body) {
    pipe(scope + "|test", codecs.events().encode(new Event(scope, scope + "|test", body)));
  }

  private List<DeadLetter> letters() {
    return read(Topics.DEAD_LETTERS).stream()
        .map(letter -> codecs.deadLetters().decode(letter.value))
        .map(d -> assertInstanceOf(DeadLetter.class, assertInstanceOf(Decoded.Ok.class, d).value()))
        .toList();
  }

  private List<String> chains() {
    var chains = new ArrayList<String>();
    try (var rows = driver.getKeyValueStore("chain").all()) {
      rows.forEachRemaining(row -> chains.add(String.valueOf(row.key)));
    }
    return chains;
  }

  private List<KeyValue<String, byte[]>> read(Topic topic) {
    return driver
        .createOutputTopic(
            catalogue.name(topic), new StringDeserializer(), new ByteArrayDeserializer())
        .readKeyValuesToList();
  }

  private static PersonFact registered() {
    return new PersonFact.ClusterRegistered("ann", registration());
  }

  private static ClusterRegistration registration() {
    return new ClusterRegistration(
        "c1",
        SCOPE,
        "c1",
        "vpc-1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        ControllerSettings.defaults());
  }

  @Test
  void itsShapeIsTheCommittedOne() throws IOException {
    var described = topology(TakeBack.nothing()).describe().toString();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(GOLDEN, described);
    }
    assertEquals(
        Files.readString(GOLDEN), described, "streams-app/topology.txt: run with -Dgolden=write");
  }

  @Test
  void everyProcessorStoreAndSinkIsNamedByHand() {
    var described = topology(TakeBack.nothing()).describe();
    assertEquals(1, described.subtopologies().size());
    assertFalse(NUMBERED.matcher(described.toString()).find(), described.toString());
  }

  @Test
  void aRegistrationLeadsToTheFirstReadsAndToTheAudit() {
    append(registered());
    var commands = read(Topics.COMMANDS);
    assertEquals(3, commands.size());
    assertTrue(commands.stream().allMatch(c -> c.key.startsWith(SCOPE + "|")));
    assertTrue(commands.stream().allMatch(c -> c.key.endsWith("|OBSERVE")));
    assertEquals(4, read(Topics.AUDIT).size());
  }

  @Test
  void anAnsweredCommandBecomesATombstone() throws Exception {
    append(registered());
    append(new CloudFact.ApplyStarted("applier-1"));
    var first = read(Topics.COMMANDS).getFirst();
    var command = assertInstanceOf(Decoded.Ok.class, codecs.commands().decode(first.value)).value();
    var open = assertInstanceOf(Command.class, command);
    append(
        new CloudFact.CommandSettled(
            open.id(),
            open.key(),
            "applier-1",
            1,
            new Result.Applied(),
            List.of(),
            Optional.empty(),
            List.of()));
    var after = read(Topics.COMMANDS);
    assertEquals(first.key, after.getFirst().key);
    assertEquals(null, after.getFirst().value);
  }

  @Test
  void foreignBytesGoToTheDeadLettersAndTheLogSaysSo() {
    pipe(SCOPE + "|c1|Pod|default/web", "no record".getBytes(StandardCharsets.UTF_8));
    assertEquals(1, read(Topics.DEAD_LETTERS).size());
    append(registered());
    assertEquals(3, read(Topics.COMMANDS).size());
  }

  @Test
  void foreignBytesUnderAScopeThatThisPartitionDoesNotOwnAreADeadLetterAndNothingElse() {
    for (var scope : List.of(ELSEWHERE, UNREGISTERED)) {
      pipe(scope + "|c1|Pod|default/web", "no record".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(2, letters().size());
    assertEquals(List.of(), read(Topics.AUDIT));
    assertEquals(List.of(), chains());
  }

  @Test
  void aRecordOfAScopeThatThisPartitionDoesNotOwnIsADeadLetterAndNothingElse() {
    append(ELSEWHERE, registered());
    append(UNREGISTERED, registered());
    assertEquals(
        List.of(
            "scope 111122223333/eu-west-1 is owned by partition 3",
            "scope not-an-account/nowhere is not registered"),
        letters().stream().map(DeadLetter::reason).toList());
    assertEquals(List.of(), read(Topics.AUDIT));
    assertEquals(List.of(), read(Topics.COMMANDS));
    assertEquals(List.of(), chains());
    append(registered());
    assertEquals(List.of(SCOPE + "|"), chains());
  }

  @Test
  void whatFollowsForAScopeThatNobodyRegisteredIsADeadLetter() {
    append(
        Scope.global("111122223333"),
        new ClaimFact.Claimed(
            "web.example.com",
            UNREGISTERED,
            new StackId("c1", StackKind.INGRESS, "default/web"),
            new ObjectKey("c1", ObjectKind.INGRESS, "default", "web"),
            1,
            Optional.empty()));
    assertEquals(1, letters().size());
  }

  @Test
  void aHugeKeyMakesALetterOfBoundedSize() {
    pipe(SCOPE + "|" + "x".repeat(900_000), "x".repeat(900_000).getBytes(StandardCharsets.UTF_8));
    var letters = read(Topics.DEAD_LETTERS);
    assertEquals(1, letters.size());
    assertTrue(letters.getFirst().value.length < 200_000, "bytes");
    assertTrue(letters.getFirst().key.length() < 10_000, "characters");
    assertTrue(
        read(Topics.AUDIT).stream().allMatch(a -> a.value.length < 20_000), "bytes of the audit");
  }

  @Test
  void aLogThatWasMadeAnewUnderFullTablesIsRefused() {
    append(registered());
    driver
        .<String, Object>getKeyValueStore("chain")
        .put(SCOPE + "|", new ChainRow(7, END + 1, BEGIN, ""));
    var refusal = assertThrows(StreamsException.class, () -> append(registered()));
    assertTrue(
        String.valueOf(refusal.getCause().getMessage()).contains("was made anew"),
        String.valueOf(refusal.getCause()));
  }

  @Test
  void anUnknownSchemaStopsTheTask() {
    var record = codecs.events().encode(new Event(SCOPE, SCOPE + "|test", registered()));
    record[1] = 0x7f;
    assertThrows(StreamsException.class, () -> pipe(SCOPE + "|test", record));
  }

  @Test
  void anUnknownSchemaUnderAKeyOfNobodyHereIsADeadLetter() {
    for (var key : List.of("", "no scope", ELSEWHERE + "|test", UNREGISTERED + "|test")) {
      pipe(key, new byte[16]);
    }
    assertEquals(4, letters().size());
    assertEquals(List.of(), chains());
  }

  @Test
  void aTimerThatIsDueAppendsATickToItsScope() {
    append(registered());
    read(Topics.EVENTS);
    driver.advanceWallClockTime(Duration.ofHours(1));
    var ticks = read(Topics.EVENTS);
    assertFalse(ticks.isEmpty());
    assertTrue(ticks.stream().allMatch(t -> t.key.startsWith(SCOPE.toString())));
  }

  private List<String> versions() {
    return read(Topics.EVENTS).stream()
        .map(e -> assertInstanceOf(Decoded.Ok.class, codecs.events().decode(e.value)).value())
        .map(e -> assertInstanceOf(Event.class, e).body())
        .filter(DecisionsChanged.class::isInstance)
        .map(body -> ((DecisionsChanged) body).version())
        .toList();
  }

  @Test
  void theLogOfAScopeIsToldOnceWhichVersionDecides() {
    append(registered());
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertEquals(List.of(Integer.toString(Version.CURRENT)), versions());
    append(new DecisionsChanged(Integer.toString(Version.CURRENT), Optional.empty()));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertEquals(List.of(), versions());
  }

  @Test
  void codeThatIsOlderThanWhatDecidedInAScopeIsRefused() {
    append(registered());
    append(new DecisionsChanged(Integer.toString(Version.CURRENT + 1), Optional.empty()));
    var refusal = assertThrows(StreamsException.class, () -> append(registered()));
    assertTrue(
        String.valueOf(refusal.getCause().getMessage()).contains("a newer one"),
        String.valueOf(refusal.getCause()));
  }

  @Test
  void aScopeThatIsTakenBackIsDecidedByOlderCodeOnce() {
    driver.close();
    driver = driver(new TakeBack(Set.of(SCOPE), "ann"));
    var newer = new DecisionsChanged(Integer.toString(Version.CURRENT + 1), Optional.empty());
    append(newer);
    append(registered());
    read(Topics.EVENTS);
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    var said =
        read(Topics.EVENTS).stream()
            .map(e -> assertInstanceOf(Decoded.Ok.class, codecs.events().decode(e.value)).value())
            .map(e -> assertInstanceOf(Event.class, e).body())
            .filter(DecisionsChanged.class::isInstance)
            .toList();
    var back = new DecisionsChanged(Integer.toString(Version.CURRENT), Optional.of("ann"));
    assertEquals(List.of(back), said);
    append(back);
    append(registered());
    append(newer);
    assertThrows(StreamsException.class, () -> append(registered()));
  }
}
