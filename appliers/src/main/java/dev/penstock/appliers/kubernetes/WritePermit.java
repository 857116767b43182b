package dev.penstock.appliers.kubernetes;

/** Whether the cluster's scope is ours at this moment, so that a write may begin. */
@FunctionalInterface
public interface WritePermit {
  boolean mayWrite();
}
