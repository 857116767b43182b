package dev.penstock.sandbox.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkRequest;

/** What goes wrong, and when: a list of rules that tests and the admin endpoint fill. */
public final class AwsFaults {
  /** What happens to a call. */
  public sealed interface Effect {
    /** Refused for its rate, in the service's own way; no effect. */
    record Throttle() implements Effect {}

    /** Refused with this code, status and message; no effect. */
    record Fail(String code, int status, String message) implements Effect {
      public Fail(String code, int status) {
        this(code, status, "The service could not carry out the request");
      }
    }

    /** Refused for lack of permission; no effect. */
    record Deny() implements Effect {}

    /** Done, but the answer is lost. */
    record LoseAnswer() implements Effect {}

    /** Done twice, as by a retry of the transport; the second answer is given. */
    record DeliverTwice() implements Effect {}

    /** Done at once, answered later. */
    record Delay(Duration time) implements Effect {}

    /**
     * Judged by a replica that is {@code age} behind: a read answers from then, a write is refused
     * if it would have been refused then.
     */
    record Stale(Duration age) implements Effect {}
  }

  /**
   * Which calls are hit.
   *
   * @param operation a name, or {@code *}; {@code service:Name} for one service
   * @param touching text that the request's parameters must contain, empty for any
   * @param times how many calls at most, negative for no limit
   * @param rate the share of matching calls, 1 for all
   */
  public record Rule(String operation, String touching, Effect effect, int times, double rate) {
    public static Rule next(String operation, Effect effect) {
      return new Rule(operation, "", effect, 1, 1);
    }

    public static Rule always(String operation, Effect effect) {
      return new Rule(operation, "", effect, -1, 1);
    }

    public static Rule sometimes(String operation, Effect effect, double rate) {
      return new Rule(operation, "", effect, -1, rate);
    }

    private boolean hits(ApiOperation called, SdkRequest request) {
      return names(called) && (touching.isEmpty() || request.toString().contains(touching));
    }

    boolean names(ApiOperation called) {
      return operation.equals("*")
          || operation.equals(called.name())
          || operation.equals(called.toString())
          || operation.equals(called.service().signingName() + ":*");
    }
  }

  private final RandomGenerator random;
  private final List<Kept> rules = new ArrayList<>();

  private record Kept(Rule rule, Predicate<SdkRequest> wanted) {
    boolean hits(ApiOperation called, SdkRequest request) {
      return rule.hits(called, request) && wanted.test(request);
    }
  }

  AwsFaults(RandomGenerator random) {
    this.random = random;
  }

  public void add(Rule rule) {
    add(rule, _ -> true);
  }

  /** The same, of those requests alone that are wanted. */
  public void add(Rule rule, Predicate<SdkRequest> wanted) {
    rules.add(new Kept(rule, wanted));
  }

  public void clear() {
    rules.clear();
  }

  public List<Rule> rules() {
    return rules.stream().map(Kept::rule).toList();
  }

  /** The effects of one call; rules with a count are used up. */
  List<Effect> draw(ApiOperation operation, SdkRequest request) {
    var effects = new ArrayList<Effect>();
    for (int i = 0; i < rules.size(); i++) {
      var kept = rules.get(i);
      var rule = kept.rule();
      if (rule.times() == 0 || !kept.hits(operation, request)) {
        continue;
      }
      if (rule.rate() >= 1 || random.nextDouble() < rule.rate()) {
        effects.add(rule.effect());
        rules.set(i, new Kept(used(rule), kept.wanted()));
      }
    }
    rules.removeIf(kept -> kept.rule().times() == 0);
    return effects;
  }

  private static Rule used(Rule rule) {
    return rule.times() < 0
        ? rule
        : new Rule(rule.operation(), rule.touching(), rule.effect(), rule.times() - 1, rule.rate());
  }
}
