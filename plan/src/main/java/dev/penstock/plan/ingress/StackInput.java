package dev.penstock.plan.ingress;

import dev.penstock.plan.CloudView;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.table.MemberRow;
import java.util.List;
import java.util.Map;

/**
 * All that one stack is decided from. {@code members} are the rows of the stack in any order, those
 * that are leaving included; each brings its last good intent. {@code successors} holds, by LBC's
 * resource id, the number of the replacement that is wanted now; an absent id means LBC's own
 * resource.
 */
public record StackInput(
    StackId stack,
    ClusterRegistration registration,
    List<MemberRow> members,
    CloudView cloud,
    Map<String, Integer> successors) {

  int successor(String resourceId) {
    return successors.getOrDefault(resourceId, 0);
  }
}
