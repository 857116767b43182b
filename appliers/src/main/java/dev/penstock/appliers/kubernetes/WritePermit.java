package dev.penstock.appliers.kubernetes;

import java.time.Instant;

/** Whether the cluster's scope is still ours, so that a write may begin. */
@FunctionalInterface
public interface WritePermit {
  boolean mayWrite(Instant now);
}
