package dev.penstock.sandbox.simulation;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Faults;
import dev.penstock.sandbox.aws.Answer.Given;
import dev.penstock.sandbox.aws.Answer.Lost;
import dev.penstock.sandbox.aws.Answer.Refused;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** The simulated AWS behind the door that executors and readers use. */
record InProcessCloud(AwsSimulator simulator, Caller caller) implements Cloud {
  private static final int OK = 200;

  @Override
  public <R extends AwsResponse> Answer<R> call(
      AwsRequest request, Class<R> responseType, String commandId) throws CallFailed {
    return switch (simulator.call(caller.withUserAgent(commandId), request)) {
      case Given(var response, var id, _) -> new Answer<>(responseType.cast(response), id, OK);
      case Refused(var error, var id, _) ->
          throw Faults.refused(error.code(), error.status(), id, error.text());
      case Lost _ -> throw Faults.unanswered("LostAnswer", "the connection broke");
    };
  }
}
