package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.Api;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Faults;
import dev.penstock.sandbox.aws.Answer.Given;
import dev.penstock.sandbox.aws.Answer.Lost;
import dev.penstock.sandbox.aws.Answer.Refused;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** Calls of the simulated AWS, each made once, and which they were. */
final class InProcessCalls implements Calls {
  private final AwsSimulator simulator;
  private final Caller caller;
  private final List<String> operations = new ArrayList<>();

  InProcessCalls(AwsSimulator simulator, Caller caller) {
    this.simulator = simulator;
    this.caller = caller;
  }

  List<String> operations() {
    return List.copyOf(operations);
  }

  @Override
  public <R extends AwsResponse> R call(AwsRequest request, Class<R> responseType, Repeat repeat)
      throws CallFailed {
    operations.add(Api.of(request).operation());
    return switch (simulator.call(caller, request)) {
      case Given(var response, _, _) -> responseType.cast(response);
      case Refused(var error, var id, _) ->
          throw Faults.refused(error.code(), error.status(), id, error.text());
      case Lost _ -> throw Faults.unanswered("LostAnswer", "the connection broke");
    };
  }
}
