package dev.penstock.sandbox.kubernetes.controllers;

import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The stand-ins of one cluster, put together. */
public final class Stage {
  private final Controllers controllers;
  private final PodNetwork network;

  /** {@code pace} turns a duration of a manifest into the one that this cluster lives. */
  public Stage(ApiRules api, UnaryOperator<Duration> pace, String podCidr, RandomGenerator random) {
    this.network = new PodNetwork(api);
    this.controllers = new Controllers(api, List.of());
  }

  public Controllers controllers() {
    return controllers;
  }

  public PodNetwork network() {
    return network;
  }
}
