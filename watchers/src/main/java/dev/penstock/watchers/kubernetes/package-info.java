/**
 * List and watch of Kubernetes clusters: objects become facts in the log. Imports schemas,
 * edges.log, edges.kubernetes and the timeline of edges.aws. Open {@link
 * dev.penstock.watchers.kubernetes.KubernetesWatcher} first.
 */
@NullMarked
package dev.penstock.watchers.kubernetes;

import org.jspecify.annotations.NullMarked;
