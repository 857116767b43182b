/**
 * A Kubernetes cluster in one process: an API that kubectl and client libraries accept, and
 * stand-ins for controller-manager, scheduler and kubelet. {@link
 * dev.penstock.sandbox.kubernetes.SimulatedCluster} is the whole of it without threads and HTTP,
 * for a virtual clock; {@link dev.penstock.sandbox.kubernetes.LiveCluster} runs one on a real
 * clock; {@link dev.penstock.sandbox.kubernetes.http.ApiServer} serves that over HTTP. May import
 * its own sub-packages, Jackson and SLF4J. Open {@link
 * dev.penstock.sandbox.kubernetes.SimulatedCluster} first.
 */
@NullMarked
package dev.penstock.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
