package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An object that cannot be read is unknown, never absent (I2). */
final class UnreadableTest {
  private final Serving serving = Serving.web();

  private void unreadable(ObjectKind kind, String name) {
    serving.world.append(
        Facts.REGION,
        new ClusterFact.Unrepresentable(
            Facts.CLUSTER,
            Serving.WATCH,
            new ObjectKey(Facts.CLUSTER, kind, "default", name),
            9_000_000));
  }

  private List<String> leaving() {
    return serving.open(Lane.DEREGISTER).stream()
        .flatMap(c -> Serving.addresses(c).stream())
        .toList();
  }

  @Test
  void theTargetsOfASliceThatCannotBeReadStay() {
    unreadable(ObjectKind.ENDPOINT_SLICE, "web-abc");
    serving.look(11 * 60_000);
    assertEquals(List.of(), leaving());
    serving.upsert(Facts.slice(2));
    serving.look(60_000);
    assertEquals(List.of(Facts.address(1)), leaving());
  }

  @Test
  void aPodThatIsGoneLeavesAlthoughASliceCannotBeRead() {
    unreadable(ObjectKind.ENDPOINT_SLICE, "web-abc");
    serving.removed(Facts.pod(1), true);
    assertEquals(List.of(Facts.address(1)), leaving());
  }

  @Test
  void endpointsThatMayHaveMovedToASliceThatCannotBeReadStay() {
    unreadable(ObjectKind.ENDPOINT_SLICE, "web-xyz");
    serving.upsert(Facts.slice(2));
    serving.look(11 * 60_000);
    assertEquals(List.of(), leaving());
  }

  @Test
  void theTargetOfAPodThatCannotBeReadStaysAndOthersAreRegistered() {
    unreadable(ObjectKind.POD, "web-1");
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    assertEquals(
        List.of(Facts.address(3)), Serving.addresses(serving.open(Lane.REGISTER).getFirst()));
    serving.look(11 * 60_000);
    assertEquals(List.of(), leaving());
    serving.upsert(Facts.slice(2, 3));
    serving.look(11 * 60_000);
    assertEquals(List.of(), leaving());
  }

  @Test
  void aPodThatCannotBeReadLeavesWhenItIsGone() {
    unreadable(ObjectKind.POD, "web-1");
    serving.removed(Facts.pod(1), true);
    serving.upsert(Facts.slice(2));
    assertEquals(List.of(Facts.address(1)), leaving());
  }
}
