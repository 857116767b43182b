package dev.penstock.sandbox.aws;

import java.time.Instant;
import java.util.Optional;

/** What a health check of a load balancer meets. The simulator asks; the sandbox's pods answer. */
@FunctionalInterface
public interface TargetProbe {

  Reply probe(Check check);

  /** Every target answers what its target group hopes for. */
  static TargetProbe alwaysHealthy() {
    return _ -> new Reply.Matching();
  }

  /**
   * One health check.
   *
   * @param instanceId set for targets of type instance, whose address is their private one
   * @param protocol HTTP, HTTPS or TCP
   * @param at the moment of the check; it may lie before the moment of asking
   */
  record Check(
      String account,
      String region,
      String vpcId,
      Optional<String> instanceId,
      String address,
      int port,
      String protocol,
      String path,
      Instant at) {}

  /** The answer of the target. */
  sealed interface Reply {
    /** An HTTP status; the target group's matcher judges it. A TCP check passes. */
    record Http(int status) implements Reply {}

    /** A gRPC status. */
    record Grpc(int status) implements Reply {}

    /** Whatever the matcher wants. */
    record Matching() implements Reply {}

    record TimedOut() implements Reply {}

    record ConnectionRefused() implements Reply {}
  }
}
