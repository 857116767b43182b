package dev.penstock.appliers;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Tags;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Result;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;

/**
 * I1: what carries our tracking tags (LBC 4.4) is ours. Creates of Elastic Load Balancing adopt
 * silently (AWS API finding 3), so tags are read after each create and before any further write.
 */
public final class Ownership {
  private static final List<String> TRACKING =
      List.of(
          "elbv2.k8s.aws/cluster",
          "elbv2.k8s.aws/resource",
          "ingress.k8s.aws/stack",
          "ingress.k8s.aws/resource",
          "service.k8s.aws/stack",
          "service.k8s.aws/resource");

  private Ownership() {}

  /** The tags that AWS has for a resource of Elastic Load Balancing. */
  public static Map<String, String> tags(Execution execution, String arn)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeTagsRequest.builder().resourceArns(arn).build();
    var answer = execution.call(request, DescribeTagsResponse.class, Repeat.AWAITING);
    return answer.tagDescriptions().stream()
        .filter(description -> arn.equals(description.resourceArn()))
        .findFirst()
        .map(description -> Tags.ofElb(description.tags()))
        .orElse(Map.of());
  }

  /** Whether the live tags say what the desired ones say of the owner. */
  public static boolean ours(Map<String, String> desired, Map<String, String> live) {
    return desired.containsKey(TRACKING.getFirst())
        && TRACKING.stream()
            .filter(desired::containsKey)
            .allMatch(key -> Objects.equals(desired.get(key), live.get(key)));
  }

  public static Result foreign(String id, Map<String, String> tags) {
    return new Result.Rejected(
        Fault.FOREIGN, "", id + " exists and is not ours: its tags are " + tags);
  }
}
