/**
 * Writes to Kubernetes: status, conditions, finalizers, Events and TargetGroupBinding objects.
 * Imports schemas, edges.log, edges.kubernetes and the timeline of edges.aws. Open {@link
 * dev.penstock.appliers.kubernetes.KubernetesApplier} first.
 */
@NullMarked
package dev.penstock.appliers.kubernetes;

import org.jspecify.annotations.NullMarked;
