/**
 * The simulated cluster behind the port of edges.kubernetes, without HTTP and threads. May import
 * edges.kubernetes, schemas and the cluster itself. Open {@link
 * dev.penstock.sandbox.kubernetes.edge.SimulatedApi} first.
 */
@NullMarked
package dev.penstock.sandbox.kubernetes.edge;

import org.jspecify.annotations.NullMarked;
