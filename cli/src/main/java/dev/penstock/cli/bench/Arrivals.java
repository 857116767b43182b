package dev.penstock.cli.bench;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;

/** When RegisterTargets with an address first reached AWS, for calls after a given one. */
final class Arrivals {
  private final BenchWorld world;
  private final Map<String, Instant> first = new HashMap<>();
  private long seen;

  Arrivals(BenchWorld world) {
    this.world = world;
    this.seen = world.lastCall();
  }

  Optional<Instant> of(String address) {
    look();
    return Optional.ofNullable(first.get(address));
  }

  boolean all(Collection<String> addresses) {
    look();
    return first.keySet().containsAll(addresses);
  }

  int count() {
    look();
    return first.size();
  }

  private void look() {
    if (world.lastCall() == seen) {
      return;
    }
    for (var entry : world.callsAfter(seen)) {
      seen = entry.seq();
      if (entry.wrote() && entry.request() instanceof RegisterTargetsRequest request) {
        request.targets().forEach(target -> first.putIfAbsent(target.id(), entry.at()));
      }
    }
  }
}
