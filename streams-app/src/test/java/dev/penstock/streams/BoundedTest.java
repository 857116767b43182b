package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No single record is unbounded work: what is left over comes with Ticks, targets first. */
final class BoundedTest {
  private static final int STACKS_A_RECORD = 32;

  private final World world = new World();

  private void planned(int stacks) {
    world.begin(ClusterMode.SHADOW);
    var ingresses =
        IntStream.range(0, stacks)
            .mapToObj(
                n -> (KubernetesObject) Facts.ingress("web-" + n, n + ".example.com", Map.of()))
            .toArray(KubernetesObject[]::new);
    world.list("watch-1", Facts.cluster(ingresses));
    world.live(5_000, 500);
    assertEquals(0, dirty("targets") + dirty("member") + dirty("stack"));
  }

  private long dirty(String kind) {
    return world.tables.scan(Table.DIRTY, Facts.REGION + "|" + kind + "|of|").size();
  }

  private int pages() {
    return world.tables.scan(Table.DIRTY, Facts.REGION + "|page|").size();
  }

  /** Reads one record alone; answers the Ticks that it wrote. */
  private long read(EventBody body) {
    var event = new Event(Facts.REGION, Facts.REGION + "|test", body);
    var position = Step.chain(world.tables, Facts.REGION).position() + 1;
    return Step.step(world.tables, event, position, world.now()).events().stream()
        .filter(e -> e.body() instanceof ScopeFact.Tick)
        .count();
  }

  private PersonFact settings() {
    return new PersonFact.ScopeSettingsChanged("ann", ScopeSettings.defaults(), List.of());
  }

  @Test
  void fortyDirtyStacksAreReadAcrossTicksAndTargetsComeFirst() {
    planned(40);
    var ticks = read(settings());
    var left = new ArrayList<Long>();
    assertEquals(1, ticks);
    assertEquals(0, dirty("targets"));
    left.add(dirty("stack"));
    while (ticks > 0 && left.size() < 10) {
      ticks = read(new ScopeFact.Tick(world.now()));
      assertEquals(0, dirty("targets"));
      left.add(dirty("stack"));
    }
    assertEquals(0, left.getLast());
    assertTrue(left.getFirst() >= 40 - STACKS_A_RECORD, left.toString());
    for (int i = 1; i < left.size(); i++) {
      assertTrue(left.get(i - 1) - left.get(i) <= STACKS_A_RECORD, left.toString());
    }
  }

  @Test
  void aChangeOfAllIsMarkedAPageARecord() {
    planned(300);
    var ticks = read(settings());
    assertEquals(1, ticks);
    assertEquals(2, pages());
    assertTrue(dirty("member") + dirty("stack") + dirty("targets") <= 256);
    var records = 1;
    while (ticks > 0) {
      ticks = read(new ScopeFact.Tick(world.now()));
      records++;
      assertTrue(records < 100, "never done");
    }
    assertEquals(0, pages() + dirty("targets") + dirty("member") + dirty("stack"));
    assertTrue(records > 300 / STACKS_A_RECORD, "records: " + records);
  }
}
