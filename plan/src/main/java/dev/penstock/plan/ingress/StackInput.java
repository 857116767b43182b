package dev.penstock.plan.ingress;

import dev.penstock.plan.CloudView;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.table.MemberRow;
import java.util.List;
import java.util.Map;

/**
 * All that one stack is decided from. {@code members} are the rows of the stack in any order, those
 * that are leaving included; each brings its last good intent. {@code successors} holds, by LBC's
 * resource id, the number of the replacement that is wanted now; an absent id means LBC's own
 * resource. {@code quotas} are those of the account and Region.
 */
public record StackInput(
    StackId stack,
    ClusterRegistration registration,
    List<MemberRow> members,
    CloudView cloud,
    Map<String, Integer> successors,
    Quotas quotas) {

  int successor(String resourceId) {
    return successors.getOrDefault(resourceId, 0);
  }

  /**
   * A new load balancer has listeners, guards and target groups of its own: a target group serves
   * one load balancer only (AWS API: TargetGroupAssociationLimit), and one stands behind it at
   * most.
   */
  int successor(ResourceKind kind, String resourceId) {
    boolean frontend = StackNames.isFrontend(resourceId);
    return switch (kind) {
      case LISTENER ->
          successor(resourceId)
              + successor(frontend ? StackNames.FRONTEND : StackNames.LOAD_BALANCER);
      case TARGET_GROUP ->
          successor(resourceId)
              + successor(StackNames.LOAD_BALANCER)
              + (frontend ? successor(StackNames.FRONTEND) : 0);
      case PROTECTION -> successor(resourceId) + successor(StackNames.LOAD_BALANCER);
      case LOAD_BALANCER,
          LISTENER_RULE,
          CERTIFICATE,
          SECURITY_GROUP,
          SECURITY_GROUP_RULES,
          RECORD_NAME,
          INVENTORY ->
          successor(resourceId);
    };
  }
}
