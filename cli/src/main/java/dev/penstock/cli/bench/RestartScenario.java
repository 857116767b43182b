package dev.penstock.cli.bench;

import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.roles.Installation.Running;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Scenario 4: restart with nothing changed, and one endpoint change made 0.2 s after the start. */
record RestartScenario(int stacks) implements BenchScenario {
  private static final int GROUPS = 5;
  private static final Duration CHANGE_AFTER = Duration.ofMillis(200);

  /** How long after the change calls are still counted as those of the restart. */
  private static final Duration WATCHED = Duration.ofSeconds(20);

  @Override
  public int number() {
    return 4;
  }

  @Override
  public void run(Rig rig, Findings findings) throws IOException, InterruptedException {
    var fleet = rig.stacks(stacks, GROUPS);
    restart(rig, findings, fleet.getFirst(), List.of(Role.STREAM, Role.APPLY), "stream and apply");
    restart(rig, findings, fleet.getLast(), Role.WHOLE, "watch, stream and apply");
  }

  private void restart(Rig rig, Findings findings, String stack, List<Role> which, String words)
      throws IOException, InterruptedException {
    var group = "4  restart of %d stacks x %d target groups: %s".formatted(stacks, GROUPS, words);
    rig.say("scenario 4: restart of " + words);
    var replacement = rig.ready(stack, 0);
    rig.timing().sleep(Duration.ofSeconds(1));
    var asked = rig.timing().now();
    rig.roles().stop(which.stream().map(rig::active).toList());
    var stopped = rig.timing().since(asked);
    var from = rig.world().lastCall();
    var arrivals = new Arrivals(rig.world());
    var begin = rig.timing().now();
    var fresh = new ArrayList<Running>();
    for (var role : which) {
      fresh.add(rig.roles().start(role, "a"));
    }
    rig.activate(fresh);
    rig.timing().sleep(CHANGE_AFTER);
    rig.fleet().replace(List.of(replacement));
    Instant arrived = rig.await(arrivals, replacement);
    rig.roles().awaitReady(fresh);
    rig.say("scenario 4: counting calls for %d s".formatted(WATCHED.toSeconds()));
    rig.timing().sleep(WATCHED);
    var calls = CallCounts.of(rig.world().callsAfter(from));
    rig.fleet().forget(List.of(replacement));
    findings.add("4 restart of " + words + ", the change included", calls);
    findings.add(
        Figure.of(
                group,
                "process start to first endpoint change at AWS",
                Duration.between(begin, arrived).toMillis() / 1e3,
                "s")
            .atMost(3)
            .beside("LBC 2.8 s (10-100 stacks), 3.0 s (200)")
            .with(
                "orderly stop before it took %.1f s; memory %s"
                    .formatted(stopped.toMillis() / 1e3, memory(fresh))));
    findings.add(
        Figure.of(group, "calls but the change's two writes", calls.total() - 2, "calls")
            .atMost(0)
            .beside("LBC 218 / 1,070 / 2,234 / 4,664 reads for 10 / 50 / 100 / 200")
            .with(calls.text()));
  }

  private static String memory(List<Running> processes) {
    var parts = new ArrayList<String>();
    for (var process : processes) {
      RoleProcesses.residentMegabytes(process.process())
          .ifPresent(megabytes -> parts.add(process.role() + " " + megabytes + " MB"));
    }
    return String.join(", ", parts);
  }
}
