package dev.penstock.edges.aws;

import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * Calls of one command: under the scope's budget, recorded one by one, announced in the log before
 * the first write, and repeated while that makes sense.
 */
public interface Calls {
  /** When a failed call may be sent again. */
  enum Repeat {
    /** The call may be sent any number of times. */
    SAFE,
    /** As SAFE, and what AWS calls missing may only not be visible yet (AWS API 3.5). */
    AWAITING,
    /**
     * Not idempotent: sent again only after an answer that excludes an effect; what is missing may
     * not be visible yet. An unanswered call is thrown, and the caller reads and compares.
     */
    ONCE
  }

  /**
   * Sends a request until it succeeds or may not be repeated.
   *
   * @throws CallFailed AWS's last answer
   * @throws Halted when the command must not go on
   */
  <R extends AwsResponse> R call(AwsRequest request, Class<R> responseType, Repeat repeat)
      throws CallFailed, Halted, InterruptedException;
}
