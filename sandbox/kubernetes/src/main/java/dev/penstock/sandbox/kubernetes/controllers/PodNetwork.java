package dev.penstock.sandbox.kubernetes.controllers;

import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import java.util.Optional;

/** Who listens at which address. */
public final class PodNetwork {
  private final ApiRules api;

  PodNetwork(ApiRules api) {
    this.api = api;
  }

  /** A pod that answered, and its HTTP status. */
  public record Answer(String uid, String namespace, String name, int status) {}

  public Optional<Answer> probe(String ip, int port) {
    return Optional.empty();
  }
}
