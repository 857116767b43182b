package dev.penstock.sandbox.simulation.script;

/**
 * What a person changes in AWS by hand. {@code which} chooses among what there is when it happens,
 * in the order of AWS's answer.
 */
public sealed interface HandDeed extends Deed {
  /** In the Region of which cluster. */
  int cluster();

  record DeleteLoadBalancer(int cluster, int which) implements HandDeed {}

  record DeleteListener(int cluster, int which) implements HandDeed {}

  record EditListener(int cluster, int which) implements HandDeed {}

  record DeleteRule(int cluster, int which) implements HandDeed {}

  record EditRule(int cluster, int which) implements HandDeed {}

  /** A rule that is not ours on a listener that is. */
  record AddRule(int cluster, int which, int priority) implements HandDeed {}

  record DeleteTargetGroup(int cluster, int which) implements HandDeed {}

  record EditHealthCheck(int cluster, int which) implements HandDeed {}

  record DeregisterTarget(int cluster, int which) implements HandDeed {}

  record RegisterStranger(int cluster, int which) implements HandDeed {}

  record EditAttribute(int cluster, int which) implements HandDeed {}

  record EditTag(int cluster, int which) implements HandDeed {}

  record RevokePermission(int cluster, int which) implements HandDeed {}

  record AuthorizePermission(int cluster, int which) implements HandDeed {}

  record EditRecord(int cluster, int which) implements HandDeed {}

  record DeleteRecord(int cluster, int which) implements HandDeed {}

  /** A name that is nobody's, where an application will want one. */
  record ForeignRecord(int cluster, int host) implements HandDeed {}

  /** The name that is nobody's goes again. */
  record RemoveForeignRecord(int cluster, int host) implements HandDeed {}
}
