package dev.penstock.sandbox.local;

import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.kubernetes.PodProbe;

/** A load balancer's health check meets the sandbox's pods. */
public final class PodHealth implements TargetProbe {
  private final PodProbe pods;

  public PodHealth(PodProbe pods) {
    this.pods = pods;
  }

  @Override
  public Reply probe(Check check) {
    return pods.probe(check.address(), check.port())
        .<Reply>map(answer -> new Reply.Http(answer.status()))
        .orElseGet(Reply.ConnectionRefused::new);
  }
}
