package dev.penstock.sandbox.simulation;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.aws.Faults;
import dev.penstock.edges.aws.Timeline;
import dev.penstock.sandbox.aws.Answer.Given;
import dev.penstock.sandbox.aws.Answer.Lost;
import dev.penstock.sandbox.aws.Answer.Refused;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * The simulated AWS behind the door that executors and readers use. An answer takes its latency on
 * the virtual clock; one that takes too long is none.
 */
record InProcessCloud(AwsSimulator simulator, Caller caller, Timeline timeline) implements Cloud {
  /** As the SDK's clients are set. */
  static final Duration CALL_TIMEOUT = Clouds.Settings.of(Map.of()).callTimeout();

  private static final int OK = 200;

  @Override
  public <R extends AwsResponse> Answer<R> call(
      AwsRequest request, Class<R> responseType, String commandId) throws CallFailed {
    var answer = simulator.call(caller.withUserAgent(commandId), request);
    await(answer.latency());
    return switch (answer) {
      case Given(var response, var id, _) -> new Answer<>(responseType.cast(response), id, OK);
      case Refused(var error, var id, _) ->
          throw Faults.refused(error.code(), error.status(), id, error.text());
      case Lost _ -> throw Faults.unanswered("LostAnswer", "the connection broke");
    };
  }

  private void await(Duration latency) throws CallFailed {
    var late = latency.compareTo(CALL_TIMEOUT) > 0;
    try {
      if (!latency.isZero()) {
        timeline.sleep(late ? CALL_TIMEOUT : latency);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Faults.unanswered("Interrupted", "the caller stopped");
    }
    if (late) {
      throw Faults.unanswered("ApiCallTimeout", "no answer within " + CALL_TIMEOUT);
    }
  }
}
