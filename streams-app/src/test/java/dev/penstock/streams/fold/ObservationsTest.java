package dev.penstock.streams.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.CloudFact.ApplyStarted;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.CloudFact.ReadStarted;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.RecordsSeen;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourceUnknown;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.OpenRow;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The horizon rule: what a read must be for its answer to count. Each case is the first one, where
 * it counts, with one thing changed.
 */
class ObservationsTest {
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final ResourceKey GROUP =
      new ResourceKey(
          new StackId("blue", StackKind.INGRESS, "web"), ResourceKind.SECURITY_GROUP, "group");
  private static final CommandKey READ = new CommandKey(GROUP, Lane.OBSERVE);
  private static final CommandKey WRITE = new CommandKey(GROUP, Lane.WRITE);
  private static final Present THERE =
      new Present(
          new LiveSecurityGroup(
              "sg-1", new SecurityGroupSpec("web", "", "vpc-1", List.of(), Map.of())));
  private static final Observation GONE = new ResourceMissing(GROUP);
  private static final Duration WINDOW =
      Duration.ofMillis(ScopeSettings.defaults().consistencyWindowMillis());

  private final MemoryTables tables = new MemoryTables();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long position;

  ObservationsTest() {
    fold(new ApplyStarted("ours"));
  }

  private long fold(CloudFact fact) {
    position++;
    var turn = new Turn(tables, SCOPE, Step.chain(tables, SCOPE), position, now);
    Fold.fold(turn, fact);
    turn.write();
    return turn.seq();
  }

  /** A write taught us now that the group is there. */
  private void known() {
    var row = new ObservedRow(THERE, position, now, position, List.of());
    tables.put(Table.OBSERVED, SCOPE + "|" + GROUP, row);
  }

  private void open(String id, CommandKey key, Operation operation) {
    var cause = new Cause(1, "blue|Ingress|default/web", "a test", false);
    var command = new Command(id, SCOPE, key, 1, now, Urgency.STRUCTURE, cause, operation);
    tables.put(
        Table.OPEN,
        SCOPE + "|" + key,
        new OpenRow(command, "", 0, Instant.EPOCH, Optional.empty()));
  }

  private void openRead() {
    var reading = new Reading.ReadResource(Optional.of("sg-1"), Optional.empty(), List.of());
    open("read", READ, new Operation.Observe(reading));
  }

  private void openWrite() {
    var there = new Operation.Delete(THERE.live());
    open("write", WRITE, there);
  }

  private void begin(String tenure) {
    fold(new ReadStarted("read", READ, tenure));
  }

  private void answer(String id, String tenure, Optional<Long> horizon, Observation observation) {
    fold(
        new CommandSettled(
            id, READ, tenure, 1, new Result.Applied(), List.of(observation), horizon, List.of()));
  }

  private void answer() {
    answer("read", "ours", Optional.of(position), GONE);
  }

  private ObservedRow row() {
    return tables.get(Table.OBSERVED, SCOPE + "|" + GROUP).orElseThrow();
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
  }

  private void staysAsItWas() {
    assertEquals(THERE, row().presence());
  }

  @Test
  void aReadThatBeganAWindowAfterTheOutcomeCounts() {
    known();
    pass(WINDOW);
    openRead();
    begin("ours");
    answer();
    assertEquals(new Missing(), row().presence());
  }

  @Test
  void aReadBesideAnOpenWriteDoesNotCount() {
    known();
    pass(WINDOW);
    openRead();
    begin("ours");
    openWrite();
    answer();
    staysAsItWas();
  }

  @Test
  void aReadThatBeganBeforeTheOutcomeDoesNotCount() {
    known();
    openRead();
    begin("ours");
    fold(new ReadStarted("another", WRITE, "ours"));
    known();
    pass(WINDOW.multipliedBy(2));
    answer();
    staysAsItWas();
  }

  @Test
  void aReadInsideTheConsistencyWindowDoesNotCountAndIsRepeatedAfterIt() {
    known();
    pass(WINDOW.minusMillis(1));
    openRead();
    begin("ours");
    pass(WINDOW.multipliedBy(2));
    answer();
    staysAsItWas();
    var timers = tables.scan(Table.TIMERS, "");
    assertTrue(timers.stream().anyMatch(t -> t.key().contains(GROUP.toString())), timers::toString);
  }

  @Test
  void aReadOfAnotherTenureDoesNotCount() {
    known();
    pass(WINDOW);
    openRead();
    begin("theirs");
    answer("read", "theirs", Optional.of(position), GONE);
    staysAsItWas();
  }

  @Test
  void aHorizonOfAnotherTenureIsNoHorizon() {
    known();
    pass(WINDOW);
    openRead();
    begin("theirs");
    answer();
    staysAsItWas();
  }

  @Test
  void aReadWithoutAHorizonDoesNotCount() {
    known();
    pass(WINDOW);
    openRead();
    answer("read", "ours", Optional.empty(), GONE);
    staysAsItWas();
  }

  @Test
  void anAnswerToACommandThatIsNoLongerOpenDoesNotCount() {
    known();
    pass(WINDOW);
    openRead();
    begin("ours");
    answer("an older read", "ours", Optional.of(position), GONE);
    staysAsItWas();
  }

  @Test
  void aReadThatFailedDoesNotMakeUnknownWhatIsKnown() {
    known();
    pass(WINDOW);
    openRead();
    begin("ours");
    answer("read", "ours", Optional.of(position), new ResourceUnknown(GROUP, "no answer"));
    staysAsItWas();
  }

  @Test
  void aWritesOwnAnswerOutranksEveryRead() {
    known();
    openWrite();
    fold(
        new CommandSettled(
            "write",
            WRITE,
            "ours",
            1,
            new Result.Applied(),
            List.of(GONE),
            Optional.empty(),
            List.of()));
    assertEquals(new Missing(), row().presence());
  }

  @Test
  void aStrangersAnswerToAWriteMakesTheResourceUnknown() {
    known();
    openWrite();
    var refused = new Result.Rejected(Fault.INVALID, "code", "words");
    fold(
        new CommandSettled(
            "write", WRITE, "theirs", 1, refused, List.of(GONE), Optional.empty(), List.of()));
    assertTrue(row().presence() instanceof Unknown, row()::toString);
  }

  @Test
  void anUnknownNameThatAWholeReadOfItsZoneDoesNotShowIsMissing() {
    var name = SCOPE + "|" + ZoneRecords.key("Z1", "web.example.com.");
    var unknown = new Unknown("nobody can say");
    tables.put(Table.OBSERVED, name, new ObservedRow(unknown, position, now, position, List.of()));
    pass(WINDOW);
    openRead();
    begin("ours");
    answer(
        "read",
        "ours",
        Optional.of(position),
        new RecordsSeen("Z1", Optional.empty(), List.of(), true));
    position++;
    var turn = new Turn(tables, SCOPE, Step.chain(tables, SCOPE), position, now);
    Pages.proceed(turn);
    turn.write();
    assertEquals(new Missing(), tables.get(Table.OBSERVED, name).orElseThrow().presence());
  }
}
