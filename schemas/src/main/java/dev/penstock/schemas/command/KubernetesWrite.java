package dev.penstock.schemas.command;

import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.util.List;
import java.util.Map;

/** One write to the Kubernetes API; each is safe to repeat. */
public sealed interface KubernetesWrite {
  /** Add a finalizer by JSON patch on the resource version. */
  record AddFinalizer(String finalizer) implements KubernetesWrite {}

  /** Remove a finalizer by JSON patch on the resource version. */
  record RemoveFinalizer(String finalizer) implements KubernetesWrite {}

  /** Status of an Ingress or Service by server-side apply. */
  record SetLoadBalancerStatus(List<LoadBalancerAddress> addresses) implements KubernetesWrite {}

  /** One condition of a Pod (readiness gate), Service or TargetGroupBinding. */
  record SetCondition(Condition condition) implements KubernetesWrite {}

  /** An Event about the object; type is Normal or Warning. */
  record RecordEvent(String type, String reason, String message) implements KubernetesWrite {}

  /** Create or update the TargetGroupBinding object that mirrors a target group of ours. */
  record ApplyTargetGroupBinding(Map<String, String> labels, TargetGroupBinding.Spec spec)
      implements KubernetesWrite {}

  /** Delete the TargetGroupBinding object that we made. */
  record DeleteTargetGroupBinding() implements KubernetesWrite {}

  /**
   * Create or update the ConfigMap that lists the targets of its cluster, each as {@code id:port}.
   * {@code fresh}: nobody has seen one; one that is there all the same is not written over.
   */
  record ApplyTargetList(List<String> targets, boolean fresh) implements KubernetesWrite {}

  /** Delete the ConfigMap that lists the targets of its cluster. */
  record DeleteTargetList() implements KubernetesWrite {}
}
