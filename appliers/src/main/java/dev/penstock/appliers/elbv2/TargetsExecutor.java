package dev.penstock.appliers.elbv2;

import dev.penstock.appliers.Differences;
import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Targets;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.TargetsSeen;
import dev.penstock.schemas.event.Result;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;

/**
 * Targets of one group, 200 a call. What AWS refuses is halved until the bad targets stand alone;
 * the others go through. The outcome lists each target: {@code registered}, {@code deregistered},
 * or {@code refused} with AWS's code and words.
 */
public final class TargetsExecutor {
  private static final int TARGETS_PER_CALL = 200;

  private final Execution execution;
  private final List<TargetHealth> accepted = new ArrayList<>();
  private final List<TargetHealth> refused = new ArrayList<>();
  private Fault fault = Fault.INVALID;

  /** One call for some targets. */
  private interface Write {
    void send(List<Target> targets) throws CallFailed, Halted, InterruptedException;
  }

  public TargetsExecutor(Execution execution) {
    this.execution = execution;
  }

  public Result register(String targetGroupArn, List<Target> targets)
      throws CallFailed, Halted, InterruptedException {
    return write(
        targets,
        TargetHealth.REGISTERED,
        some -> {
          var request =
              RegisterTargetsRequest.builder()
                  .targetGroupArn(targetGroupArn)
                  .targets(Targets.write(some))
                  .build();
          execution.call(request, RegisterTargetsResponse.class, Repeat.AWAITING);
        });
  }

  /** What is not registered counts as deregistered (AWS API: DeregisterTargets). */
  public Result deregister(String targetGroupArn, List<Target> targets)
      throws CallFailed, Halted, InterruptedException {
    return write(
        targets,
        TargetHealth.DEREGISTERED,
        some -> {
          var request =
              DeregisterTargetsRequest.builder()
                  .targetGroupArn(targetGroupArn)
                  .targets(Targets.write(some))
                  .build();
          execution.call(request, DeregisterTargetsResponse.class, Repeat.AWAITING);
        });
  }

  private Result write(List<Target> targets, String state, Write write)
      throws CallFailed, Halted, InterruptedException {
    try {
      for (var chunk : Differences.chunks(targets, TARGETS_PER_CALL)) {
        halve(chunk, state, write);
      }
    } catch (CallFailed | Halted ended) {
      listed();
      throw ended;
    }
    listed();
    if (refused.isEmpty()) {
      return new Result.Applied();
    }
    var first = refused.getFirst();
    return new Result.Rejected(
        fault,
        first.reason(),
        refused.size() + " of " + targets.size() + " targets refused: " + first.description());
  }

  private void listed() {
    var all = new ArrayList<>(accepted);
    all.addAll(refused);
    if (!all.isEmpty()) {
      execution.saw(new TargetsSeen(execution.resource(), all, false));
    }
  }

  private void halve(List<Target> some, String state, Write write)
      throws CallFailed, Halted, InterruptedException {
    try {
      write.send(some);
      some.forEach(target -> accepted.add(new TargetHealth(target, state, "", "")));
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.INVALID && failed.fault() != Fault.QUOTA) {
        throw failed;
      }
      if (some.size() == 1) {
        fault = failed.fault();
        var words = failed.getMessage() == null ? "" : failed.getMessage();
        refused.add(new TargetHealth(some.getFirst(), TargetHealth.REFUSED, failed.code(), words));
        return;
      }
      var middle = some.size() / 2;
      halve(some.subList(0, middle), state, write);
      halve(some.subList(middle, some.size()), state, write);
    }
  }
}
