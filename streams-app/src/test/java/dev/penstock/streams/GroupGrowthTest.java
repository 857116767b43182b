package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decision on a group of twice as many members reads and writes no more than twice the rows. */
final class GroupGrowthTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final int FEW = 10;

  /** What happens to a group that serves. */
  enum Happening {
    ONE_IS_EDITED(world -> world.annotate("web-0", PREFIX + "healthcheck-path", "/healthy")),
    ALL_LEAVE(world -> names(world).forEach(world::delete)),
    ALL_VANISH(world -> names(world).forEach(name -> vanish(world, name))),
    ALL_MOVE(world ->
        names(world).forEach(name -> world.annotate(name, PREFIX + "group.name", "other"))),
    ALL_BREAK(
        world -> names(world).forEach(name -> world.annotate(name, PREFIX + "scheme", "sideways")));

    private final Consumer<World> comes;

    Happening(Consumer<World> comes) {
      this.comes = comes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsGrowWithTheGroup(Happening happening) {
    var few = most(happening, FEW);
    var many = most(happening, 2 * FEW);
    assertTrue(many <= 2 * few, few + " rows for " + FEW + ", for twice as many " + many);
  }

  private static List<String> names(World world) {
    return world.tables.scan(Table.INTENTS, "").stream()
        .map(entry -> entry.row().current().member().name())
        .toList();
  }

  private static void vanish(World world, String name) {
    var object = world.object(ObjectKind.INGRESS, name);
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(
            Facts.CLUSTER,
            Serving.WATCH,
            object.key(Facts.CLUSTER),
            object.metadata().uid(),
            false));
  }

  private static int most(Happening happening, int members) {
    var world = Serving.of(Facts.cluster(ingresses(members))).world;
    assertEquals(members, world.tables.scan(Table.INTENTS, "").size());
    world.mostRows = 0;
    happening.comes.accept(world);
    world.live(20_000, 1_000);
    return world.mostRows;
  }

  private static KubernetesObject[] ingresses(int count) {
    return IntStream.range(0, count)
        .mapToObj(n ->
            Facts.ingress("web-" + n, n + ".example.com", Map.of(PREFIX + "group.name", "shared")))
        .toArray(KubernetesObject[]::new);
  }
}
