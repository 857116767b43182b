package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Targets;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.TargetsSeen;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;

/** Health of targets. Asked without naming any, AWS lists all that are registered. */
final class HealthReader {
  private final Calls calls;

  HealthReader(Calls calls) {
    this.calls = calls;
  }

  List<Observation> read(ResourceKey group, String arn, List<Target> targets)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeTargetHealthRequest.builder().targetGroupArn(arn);
    if (!targets.isEmpty()) {
      request.targets(Targets.write(targets));
    }
    try {
      var answer = calls.call(request.build(), DescribeTargetHealthResponse.class, Repeat.SAFE);
      var health = answer.targetHealthDescriptions().stream().map(Targets::health).toList();
      return List.of(new TargetsSeen(group, health, targets.isEmpty()));
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
      return List.of(new ResourceMissing(group));
    }
  }
}
