package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.aws.Network.NetworkInterface;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.CloudFact.PartRead;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that grow with the account fit into records, in order and whole. */
final class AnswerPartsTest {
  private static final int RECORD_BYTES = 1 << 20;
  private static final CommandKey KEY =
      new CommandKey(
          new ResourceKey(
              new StackId("blue", StackKind.SHARED, ""), ResourceKind.INVENTORY, "network/vpc-1"),
          Lane.OBSERVE);

  private static Command reading(Reading reading) {
    return new Command(
        "command-1",
        new Scope("111122223333", "us-west-2"),
        KEY,
        1,
        Instant.EPOCH,
        Urgency.SWEEP,
        new Cause(1, "test", "it is time to look", false),
        new Operation.Observe(reading));
  }

  private static NetworkInterface networkInterface(int number) {
    var addresses = IntStream.range(0, 50).mapToObj(n -> "10.0." + number + "." + n).toList();
    return new NetworkInterface(
        "eni-" + number, Optional.of("i-" + number), addresses, List.of(), List.of("sg-1"));
  }

  private static List<Observation> interfaces() {
    return IntStream.range(0, 100)
        .<Observation>mapToObj(part ->
            new Observation.InterfacesSeen(
                "vpc-1",
                IntStream.range(part * 50, part * 50 + 50)
                    .mapToObj(AnswerPartsTest::networkInterface)
                    .toList(),
                part == 99))
        .toList();
  }

  @Test
  void fiveThousandInterfacesAreSeveralRecordsOfASmallSizeInTheirOrder() {
    var parts = AnswerParts.of(reading(new Reading.ReadNetwork("vpc-1")), interfaces());
    assertTrue(parts.size() > 10, "parts: " + parts.size());
    assertEquals(interfaces(), parts.stream().flatMap(List::stream).toList());
    var codec = RecordCodec.of(PartRead.class);
    for (var part : parts) {
      var bytes = codec.encode(new PartRead("command-1", KEY, "tenure-1", part)).length;
      assertTrue(bytes < RECORD_BYTES / 4, "bytes: " + bytes);
    }
  }

  @Test
  void anAnswerThatIsJudgedAsAWholeStaysOne() {
    var whole =
        new Reading.ReadStack("blue", KEY.resource().stack(), Map.of(), true, List.of(), List.of());
    assertEquals(List.of(interfaces()), AnswerParts.of(reading(whole), interfaces()));
  }

  @Test
  void anEmptyAnswerIsOnePart() {
    assertEquals(
        List.of(List.of()), AnswerParts.of(reading(new Reading.ReadNetwork("vpc-1")), List.of()));
  }
}
