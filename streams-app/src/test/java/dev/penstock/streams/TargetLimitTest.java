package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.command.KubernetesWrite.RecordEvent;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A target group that more endpoints stand behind than it may have targets. */
final class TargetLimitTest {
  private static final String TOLD =
      "target group default/web-web:80 may have 2 targets"
          + " (AWS's quota, targetsPerTargetGroup of the scope): 1 more wait until others leave";

  private final Serving serving = Serving.web();
  private final World world = serving.world;

  private void endpoints(int... numbers) {
    for (var number : numbers) {
      serving.upsert(Facts.pod(number));
    }
    serving.upsert(Facts.slice(numbers));
    world.live(20_000, 500);
  }

  private void quota(int targets) {
    var quotas = new Quotas(100, 25, 100, targets, 60);
    var settings = ScopeSettings.defaults().withQuotas(quotas);
    world.append(Facts.REGION, new PersonFact.ScopeSettingsChanged("ann", settings));
  }

  private List<String> events() {
    return serving.written().stream()
        .flatMap(w ->
            w instanceof RecordEvent event && event.reason().equals("TooManyTargets")
                ? Stream.of(event.message())
                : Stream.empty())
        .toList();
  }

  @Test
  void theOwnerIsToldOnceWhichLimitAndHowManyWait() {
    quota(2);
    endpoints(1, 2, 3);
    endpoints(1, 2, 3, 4);
    world.live(20 * 60_000, 10_000);
    assertEquals(List.of(TOLD), events());
  }

  @Test
  void itIsOverWhenAllFit() {
    quota(2);
    endpoints(1, 2, 3);
    endpoints(1, 2);
    var stack = Facts.REGION + "|c1|ingress|default/web";
    assertEquals(List.of(), world.tables.get(Table.STACKS, stack).orElseThrow().problems());
    endpoints(1, 2, 3);
    assertEquals(List.of(TOLD, TOLD), events());
  }
}
