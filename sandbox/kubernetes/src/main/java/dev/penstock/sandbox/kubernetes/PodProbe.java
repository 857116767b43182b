package dev.penstock.sandbox.kubernetes;

import java.util.Optional;

/** The network as a load balancer's health check sees it: who answers at an address now. */
@FunctionalInterface
public interface PodProbe {
  /**
   * The answer of what listens at the address: a pod's own IP and port, or a node's IP and a node
   * port. Empty: nobody answers.
   */
  Optional<Answer> probe(String ip, int port);

  /** A pod that answered, and its HTTP status. */
  record Answer(String uid, String namespace, String name, int status) {}
}
