/**
 * The one door to a Kubernetes API server: lists, watches and writes as JSON, with classified
 * faults. Imports schemas, Jackson and the fabric8 client. Open {@link
 * dev.penstock.edges.kubernetes.KubernetesApi} first.
 */
@NullMarked
package dev.penstock.edges.kubernetes;

import org.jspecify.annotations.NullMarked;
