package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.penstock.sandbox.simulation.engine.Observer;
import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.machines.Layout;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Away;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.BrokerAway;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Join;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Kill;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Leave;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.LogClock;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.LoseAcknowledgement;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.OlderWriter;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Overtaken;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.SecondWatcher;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Stand;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes over the machines while an Ingress is made, it serves in the end. */
class TroubleTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(20);

  private static Stream<MachineTrouble> troubles() {
    var troubles = new ArrayList<MachineTrouble>();
    for (var role : List.of(Role.APPLY, Role.OBJECTS)) {
      for (var point :
          List.of(Point.STARTED, Point.ATTEMPTED, Point.EFFECTED, Point.SETTLED, Point.APPENDED)) {
        troubles.add(new Kill(role, 0, Optional.of(point), SHORT));
        troubles.add(new Stand(role, 0, Optional.of(point), LONG));
        troubles.add(new Overtaken(role, 0, Optional.of(point), LONG));
      }
    }
    for (var point : List.of(Point.TAKEN, Point.SENT, Point.COMMITTED)) {
      troubles.add(new Kill(Role.STREAM, 0, Optional.of(point), SHORT));
      troubles.add(new Stand(Role.STREAM, 0, Optional.of(point), LONG));
      troubles.add(new Overtaken(Role.STREAM, 0, Optional.of(point), LONG));
    }
    troubles.add(new Kill(Role.WATCH, 0, Optional.of(Point.APPENDED), SHORT));
    troubles.add(new Stand(Role.WATCH, 0, Optional.of(Point.APPENDED), LONG));
    troubles.add(new Overtaken(Role.WATCH, 0, Optional.of(Point.APPENDED), LONG));
    for (var role : Role.values()) {
      troubles.add(new Kill(role, 0, Optional.empty(), LONG));
      troubles.add(new Leave(role, 0, SHORT));
      troubles.add(new Join(role, LONG));
      troubles.add(new Away(role, Duration.ofHours(1)));
      troubles.add(new LoseAcknowledgement(role, 0));
      troubles.add(new OlderWriter(role, 0, LONG));
    }
    troubles.add(new SecondWatcher(0, LONG));
    troubles.add(new BrokerAway(SHORT));
    troubles.add(new BrokerAway(Duration.ofMinutes(1)));
    troubles.add(new LogClock(Duration.ofMinutes(3), LONG));
    troubles.add(new LogClock(Duration.ofMinutes(-3), LONG));
    return troubles.stream();
  }

  private static boolean atTheStart(MachineTrouble trouble) {
    return trouble.toString().contains(Point.STARTED.name());
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void itServesInTheEnd(MachineTrouble trouble) throws Exception {
    var fleet = Fleet.sandbox(ScopeSettings.defaults(), Stage.CLUSTER);
    var stage = new Stage(fleet, new Layout(2, 1, 1, 1, 1, true), Observer.none());
    stage.pass(atTheStart(trouble) ? Duration.ZERO : Duration.ofSeconds(30));
    stage.pipeline.strike(trouble);
    stage.pass(Duration.ofSeconds(1));
    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    stage.pass(Duration.ofMinutes(3));
    stage.pipeline.calm();
    stage.until("nginx serves", stage::nginxServes);
    if (!(trouble instanceof LoseAcknowledgement)) {
      assertFalse(stage.pipeline.struck().isEmpty(), "it never came: " + trouble);
    }
    assertEquals(1, stage.loadBalancers().size());
    stage.pipeline.close();
  }
}
