package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.sandbox.simulation.check.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How every story ends: nothing fails any more, a person approves what is held, and everything
 * comes to rest. Then the invariants are looked at that hold at rest.
 */
public final class StageEnd implements AfterEachCallback {
  private static final ThreadLocal<List<Stage>> STAGES = ThreadLocal.withInitial(ArrayList::new);
  private static final int APPROVALS = 3;

  static void add(Stage stage) {
    STAGES.get().add(stage);
  }

  /** The story breaks an invariant on purpose: it has no good end. */
  static void leave(Stage stage) {
    STAGES.get().remove(stage);
  }

  @Override
  public void afterEach(ExtensionContext story) throws Exception {
    var stages = List.copyOf(STAGES.get());
    STAGES.get().clear();
    if (story.getExecutionException().isPresent()) {
      return;
    }
    for (var stage : stages) {
      end(stage);
    }
  }

  private static void end(Stage stage) throws Exception {
    stage.pipeline.aws().faults().clear();
    stage.pipeline.fleet().sites().stream()
        .map(site -> stage.pipeline.cluster(site.cluster().name()))
        .forEach(cluster -> cluster.faults().clear());
    for (var i = 0; i < APPROVALS; i++) {
      stage.pass(Duration.ofMinutes(2));
      stage.approve();
    }
    stage.pass(Duration.ofMinutes(40));
    stage.checks.quiet(true);
    stage.pass(Duration.ofMinutes(31));
    stage.checks.atRest().ifPresent(violation -> fail(violation + "\n" + stage.picture()));
    assertEquals(List.of(), Wanted.differences(stage.pipeline));
  }
}
