package dev.penstock.sandbox.simulation.machines;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.aws.Faults;
import dev.penstock.sandbox.aws.Answer.Given;
import dev.penstock.sandbox.aws.Answer.Lost;
import dev.penstock.sandbox.aws.Answer.Refused;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.sandbox.simulation.engine.Happened;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * The simulated AWS behind the door that executors and readers of one machine use. An answer that
 * takes too long is none.
 */
public record MachineCloud(Surroundings world, Machine machine, Scope scope, Caller caller)
    implements Cloud {
  /** As the SDK's clients are set. */
  public static final Duration CALL_TIMEOUT = Clouds.Settings.of(Map.of()).callTimeout();

  private static final int OK = 200;
  private static final String GLOBAL_REGION = "us-east-1";

  static Cloud of(Surroundings world, Machine machine, Scope scope) {
    var region = scope.isGlobal() ? GLOBAL_REGION : scope.region();
    return new MachineCloud(
        world, machine, scope, Caller.of(scope.account(), region, "penstock").as(Sight.PRINCIPAL));
  }

  @Override
  public <R extends AwsResponse> Answer<R> call(
      AwsRequest request, Class<R> responseType, String commandId) throws CallFailed {
    machine.alive();
    machine.pass(world.delays().of(Way.REQUEST, machine.name()));
    var answer = world.aws().call(caller.withUserAgent(commandId), request);
    world.observer().after(new Happened.Called(scope, request, commandId));
    await(answer.latency().plus(world.delays().of(Way.ANSWER, machine.name())));
    return switch (answer) {
      case Given(var response, var id, _) -> new Answer<>(responseType.cast(response), id, OK);
      case Refused(var error, var id, _) ->
          throw Faults.refused(error.code(), error.status(), id, error.text());
      case Lost _ -> throw Faults.unanswered("LostAnswer", "the connection broke");
    };
  }

  private void await(Duration latency) throws CallFailed {
    if (latency.compareTo(CALL_TIMEOUT) > 0) {
      machine.pass(CALL_TIMEOUT);
      throw Faults.unanswered("ApiCallTimeout", "no answer within " + CALL_TIMEOUT);
    }
    machine.pass(latency);
  }
}
