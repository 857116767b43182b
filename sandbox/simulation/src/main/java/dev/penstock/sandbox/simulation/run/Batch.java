package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.Wishes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs seeds one after the other, as many at once as there are cores to run them. */
public final class Batch {
  private final Wishes wishes;
  private final int cores;

  public Batch(Wishes wishes, int cores) {
    this.wishes = wishes;
    this.cores = cores;
  }

  /** Tells the outcome of each of these seeds on the caller's thread, as they come. */
  public void run(long from, int seeds, Consumer<ScriptResult> told) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(cores)) {
      var outcomes = new ExecutorCompletionService<ScriptResult>(threads);
      for (long seed = from; seed < from + seeds; seed++) {
        var own = seed;
        outcomes.submit(() -> Runner.run(Script.draw(own, wishes)));
      }
      try {
        for (int done = 0; done < seeds; done++) {
          told.accept(outcomes.take().get());
        }
      } catch (ExecutionException defect) {
        throw new IllegalStateException("a seed could not be run", defect);
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
