/**
 * Typed projections of Kubernetes objects: what decisions read, and nothing else. Imports key. Open
 * {@link dev.penstock.schemas.kubernetes.KubernetesObject} first.
 */
@NullMarked
package dev.penstock.schemas.kubernetes;

import org.jspecify.annotations.NullMarked;
