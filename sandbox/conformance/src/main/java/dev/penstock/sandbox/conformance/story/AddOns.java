package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What other services attach to a load balancer. */
@FunctionalInterface
interface AddOns {
  /** Adds what is attached to the load balancer with this ARN. */
  void draw(String loadBalancerArn, ObjectNode node);
}
