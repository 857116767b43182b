package dev.penstock.edges.aws;

import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * One AWS account and Region: the only door to AWS. A call is one HTTP request, never retried here;
 * the type of the request decides service and operation. Implementations: the SDK's sync clients,
 * and the simulator in this process.
 */
public interface Cloud {
  /**
   * Sends one request and waits for its answer.
   *
   * @param commandId goes into the user agent, so that AWS's own trail names the command; empty for
   *     sweeps
   * @throws CallFailed with the classified fault, AWS's code, message and request id
   */
  <R extends AwsResponse> Answer<R> call(
      AwsRequest request, Class<R> responseType, String commandId) throws CallFailed;

  /** An answer with AWS's request id. */
  record Answer<R extends AwsResponse>(R response, String requestId, int httpStatus) {}
}
