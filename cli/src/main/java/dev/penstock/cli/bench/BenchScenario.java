package dev.penstock.cli.bench;

import java.io.IOException;

/** One of the numbered scenarios that the peers were measured in. */
interface BenchScenario {
  /** The number that {@code --only} takes. */
  int number();

  void run(Rig rig, Findings findings) throws IOException, InterruptedException;
}
