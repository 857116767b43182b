package dev.penstock.appliers.elbv2;

import dev.penstock.appliers.Differences;
import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Tags;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;

/** Makes the tags of one resource as desired: one call for what changes, one for what goes. */
final class TagWrites {
  private TagWrites() {}

  static void write(
      Execution execution, String arn, Map<String, String> observed, Map<String, String> desired)
      throws CallFailed, Halted, InterruptedException {
    var changed = Differences.changed(observed, desired);
    if (!changed.isEmpty()) {
      var add = AddTagsRequest.builder().resourceArns(arn).tags(Tags.elb(changed)).build();
      execution.call(add, AddTagsResponse.class, Repeat.SAFE);
    }
    var removed = Differences.removed(observed, desired);
    if (!removed.isEmpty()) {
      var remove = RemoveTagsRequest.builder().resourceArns(arn).tagKeys(removed).build();
      execution.call(remove, RemoveTagsResponse.class, Repeat.SAFE);
    }
  }
}
