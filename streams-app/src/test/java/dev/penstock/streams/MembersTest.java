package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.streams.fold.Projections;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who belongs to a stack, and what becomes of what was made for a member. */
final class MembersTest {
  private static final String GROUP = "alb.ingress.kubernetes.io/group.name";

  private final World world = new World();

  private void serving(KubernetesObject... ingresses) {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(ingresses));
    world.live(20_000, 500);
    world.commands.clear();
    world.kubernetesCommands.clear();
  }

  private List<String> writes() {
    return world.commands.stream()
        .filter(c -> c.key().lane() != Lane.OBSERVE)
        .map(Command::toString)
        .toList();
  }

  private boolean wasTold(String reason) {
    return world.kubernetesCommands.stream()
        .flatMap(c -> c.writes().stream())
        .anyMatch(
            w -> w instanceof KubernetesWrite.RecordEvent(_, var said, _) && said.equals(reason));
  }

  @Test
  void anInvalidGroupNameIsToldAndTakesNothingAway() {
    serving(Facts.ingress("web", "web.example.com", Map.of()));
    world.annotate("web", GROUP, "Shared_ALB");
    world.live(60_000, 1_000);
    assertEquals(List.of(), writes());
    assertTrue(wasTold("InvalidGroup"));
  }

  @Test
  void aMemberWithAnInvalidGroupNameStaysInItsGroup() {
    serving(
        Facts.ingress("a", "a.example.com", Map.of(GROUP, "shared")),
        Facts.ingress("b", "b.example.com", Map.of(GROUP, "shared")));
    world.annotate("a", GROUP, "Shared_ALB");
    world.live(60_000, 1_000);
    assertEquals(List.of(), writes());
    world.annotate("a", GROUP, "shared");
    world.live(60_000, 1_000);
    assertEquals(List.of(), writes());
  }

  @Test
  void aMemberWithAnInvalidGroupNameLosesThePathsThatItNamesNoMore() {
    serving(
        Facts.ingress("a", "a.example.com", Map.of(GROUP, "shared")),
        Facts.ingress("b", "b.example.com", Map.of(GROUP, "shared")));
    var edited = Facts.ingress("a", "other.example.com", Map.of(GROUP, "Shared_ALB"));
    var m = world.object(ObjectKind.INGRESS, "a").metadata();
    world.upsert(
        "watch-1", Projections.with(edited, World.edited(m, edited.metadata().annotations())));
    world.live(60_000, 1_000);
    assertTrue(writes().stream().anyMatch(w -> w.contains("ListenerRule") && w.contains("Delete")));
    assertTrue(writes().stream().noneMatch(w -> w.contains("b.example.com")), writes().toString());
  }

  @Test
  void anIngressThatIsTooLongForARowKeepsWhatWasGoodLast() {
    serving(Facts.ingress("web", "web.example.com", Map.of()));
    var web = Facts.ingress("web", "web.example.com", Map.of());
    var backend = web.rules().getFirst().paths().getFirst().backend();
    var paths =
        IntStream.range(0, 3_000)
            .mapToObj(i -> new Ingress.Path("/a-path-of-some-length/" + i, "Prefix", backend))
            .toList();
    var longer =
        new Ingress(
            World.edited(
                world.object(ObjectKind.INGRESS, "web").metadata(), web.metadata().annotations()),
            web.className(),
            web.defaultBackend(),
            List.of(new Ingress.Rule("web.example.com", paths)),
            web.tls(),
            web.status());
    world.upsert("watch-1", longer);
    world.live(60_000, 1_000);
    assertEquals(List.of(), writes());
    assertTrue(wasTold("TooLarge"));
    var codec = RecordCodec.of(MemberRow.class);
    for (var entry : world.tables.scan(Table.INTENTS, "")) {
      assertTrue(codec.encode(entry.row()).length < 256 * 1024, entry.key());
    }
  }

  @Test
  void anIngressThatBecameUnreadableStaysWhateverIsLeftOfIt() {
    serving(Facts.ingress("web", "web.example.com", Map.of()));
    var m = world.object(ObjectKind.INGRESS, "web").metadata();
    var bare = Projections.withFinalizers(World.edited(m, Map.of()), List.of());
    world.upsert("watch-1", new Malformed(bare, ObjectKind.INGRESS, "rules is a number"));
    world.live(60_000, 1_000);
    assertEquals(List.of(), writes());
    assertTrue(wasTold("MalformedObject"));
  }

  @Test
  void anUnreadableIngressThatIsDeletedLeaves() {
    serving(Facts.ingress("web", "web.example.com", Map.of()));
    world.delete("web");
    var m = world.object(ObjectKind.INGRESS, "web").metadata();
    world.upsert("watch-1", new Malformed(m, ObjectKind.INGRESS, "rules is a number"));
    world.live(900_000, 10_000);
    assertFalse(writes().isEmpty());
    assertEquals(Map.of(), world.left());
  }
}
