package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * Lets the calls of one scope through, one by one, in the order that {@link Governor} gives.
 * Whoever waits sleeps on the timeline and asks again; there is no lock and no queue thread.
 */
public final class Turnstile {
  private static final Duration NAP = Duration.ofMillis(5);
  private static final Duration LONGEST_NAP = Duration.ofMillis(50);

  private final Timeline timeline;
  private final AtomicReference<State> state;

  private record State(long tickets, NavigableSet<Ask> waiting, Budget budget) {
    State with(NavigableSet<Ask> others, Budget left) {
      return new State(tickets, others, left);
    }
  }

  /** Asked again and again while a call waits: throws when it must not go any more. */
  public interface Check {
    void still() throws Halted;
  }

  public Turnstile(Rates rates, Timeline timeline) {
    this.timeline = timeline;
    this.state = new AtomicReference<>(new State(0, new TreeSet<>(), Budget.full(rates)));
  }

  /** Waits until the request may be sent. */
  public void pass(Urgency urgency, long seq, AwsRequest request, Check check)
      throws Halted, InterruptedException {
    var ask = enter(urgency, seq, Costs.of(request));
    var passed = false;
    try {
      for (var nap = tryPass(ask); !nap.isZero(); nap = tryPass(ask)) {
        timeline.sleep(nap);
        check.still();
      }
      passed = true;
    } finally {
      if (!passed) {
        update(s -> s.with(without(s.waiting(), ask), s.budget()));
      }
    }
  }

  /** AWS throttled this request. */
  public void throttled(AwsRequest request) {
    var costs = Costs.of(request);
    var now = timeline.now();
    update(s -> s.with(s.waiting(), s.budget().throttled(costs, now)));
  }

  /** The budget as it is; for metrics. */
  public Budget budget() {
    return state.get().budget();
  }

  private Ask enter(Urgency urgency, long seq, List<Cost> costs) {
    var before =
        state.getAndUpdate(s -> {
          var waiting = new TreeSet<>(s.waiting());
          waiting.add(new Ask(s.tickets(), urgency, seq, costs));
          return new State(s.tickets() + 1, waiting, s.budget());
        });
    return new Ask(before.tickets(), urgency, seq, costs);
  }

  /** Zero when the ask went through, else how long to sleep before the next try. */
  private Duration tryPass(Ask ask) {
    while (true) {
      var seen = state.get();
      var now = timeline.now();
      switch (Governor.next(seen.waiting(), seen.budget(), now)) {
        case Governor.Next.Go(var chosen, var after) when chosen.equals(ask) -> {
          if (state.compareAndSet(seen, seen.with(without(seen.waiting(), ask), after))) {
            return Duration.ZERO;
          }
        }
        case Governor.Next.Go _, Governor.Next.Idle _ -> {
          return NAP;
        }
        case Governor.Next.Wait(var until) -> {
          return nap(now, until);
        }
      }
    }
  }

  private static Duration nap(Instant now, Instant until) {
    var wait = Duration.between(now, until);
    if (wait.compareTo(LONGEST_NAP) > 0) {
      return LONGEST_NAP;
    }
    return wait.isPositive() ? wait : NAP;
  }

  private void update(UnaryOperator<State> change) {
    state.updateAndGet(change);
  }

  private static NavigableSet<Ask> without(NavigableSet<Ask> waiting, Ask ask) {
    var others = new TreeSet<>(waiting);
    others.remove(ask);
    return others;
  }
}
