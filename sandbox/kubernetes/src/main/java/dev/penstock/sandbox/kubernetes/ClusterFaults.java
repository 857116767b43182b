package dev.penstock.sandbox.kubernetes;

import dev.penstock.sandbox.kubernetes.rules.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to go wrong with the next requests. Whoever serves the API asks before each request and
 * before each watch event; first come, first spent.
 */
public final class ClusterFaults {
  /** What happens to a request or an event. */
  public sealed interface Effect {
    /** The request is refused with this code: 403, 404, 410, 429, 500, 503, … */
    record Answer(int code) implements Effect {}

    /** The request is served late. */
    record Slow(Duration delay) implements Effect {}

    /**
     * The connection is closed without an answer; with {@code served} after the request took
     * effect.
     */
    record Drop(boolean served) implements Effect {}

    /** A watch event never reaches its watcher. */
    record LoseEvent() implements Effect {}
  }

  /**
   * Where an effect strikes: a verb ({@code get, list, watch, create, update, patch, delete,
   * deletecollection}) and a resource ({@code pods}, {@code ingresses.networking.k8s.io}), {@code
   * *} for any; so many times, or until cleared if negative.
   */
  public record Rule(String verb, String resource, Effect effect, int times) {
    private boolean strikes(String otherVerb, String otherResource) {
      return (verb.equals("*") || verb.equals(otherVerb))
          && (resource.equals("*") || resource.equals(otherResource));
    }

    private Rule spent() {
      return times < 0 ? this : new Rule(verb, resource, effect, times - 1);
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private long cuts;
  private long expiries;

  public void add(Rule rule) {
    rules.add(rule);
  }

  public void clear() {
    rules.clear();
  }

  public List<Rule> rules() {
    return List.copyOf(rules);
  }

  /** The effect on a request, if any; spends it. */
  public Optional<Effect> onRequest(String verb, String resource) {
    return spend(verb, resource, false);
  }

  /** Whether this watch event is lost; spends the fault. */
  public boolean losesEvent(String resource) {
    return spend("watch", resource, true).isPresent();
  }

  private Optional<Effect> spend(String verb, String resource, boolean event) {
    var index = indexOf(verb, resource, event);
    if (index.isEmpty()) {
      return Optional.empty();
    }
    var rule = rules.get(index.getAsInt());
    if (rule.spent().times() == 0) {
      rules.remove(index.getAsInt());
    } else {
      rules.set(index.getAsInt(), rule.spent());
    }
    return Optional.of(rule.effect());
  }

  private OptionalInt indexOf(String verb, String resource, boolean event) {
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      if (rule.strikes(verb, resource) && rule.effect() instanceof Effect.LoseEvent == event) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Every open watch ends without a word. */
  public void cutWatches() {
    cuts++;
  }

  /** Every open watch ends with 410 Expired. */
  public void expireWatches() {
    expiries++;
    cuts++;
  }

  /** Counts the cuts and expiries: a watch that was opened under a smaller number ends. */
  public long cuts() {
    return cuts;
  }

  /** Counts the expiries alone: a watch that was opened under a smaller number ends with 410. */
  public long expiries() {
    return expiries;
  }

  /** The refusal of an {@link Effect.Answer}. */
  public static Refusal refusal(Effect.Answer answer, String verb, String resource) {
    return Refusal.ofCode(answer.code(), "injected fault: " + verb + " " + resource);
  }
}
