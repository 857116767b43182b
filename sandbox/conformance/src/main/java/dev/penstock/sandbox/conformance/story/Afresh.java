package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What stands in a world without a past, without faults and without quotas once the objects of a
 * step are served. Two ways to the same objects must end alike; how objects are served that nobody
 * served before is what the cases of the other families, and the first steps of stories, compare.
 */
interface Afresh {
  /**
   * AWS and the cluster after the objects of that step, in the form of what stands after a step.
   */
  ObjectNode tree(int step) throws InterruptedException;

  /** The same where each host that no certificate covers has one, which is not shown. */
  ObjectNode covered(int step) throws InterruptedException;
}
