/**
 * The HTTP face: paths, media types, discovery, tables, watches, injected faults. Every request
 * takes one turn on a {@link dev.penstock.sandbox.kubernetes.LiveCluster}; nothing is decided here.
 * May import everything of this module. Open {@link dev.penstock.sandbox.kubernetes.http.ApiServer}
 * first.
 */
@NullMarked
package dev.penstock.sandbox.kubernetes.http;

import org.jspecify.annotations.NullMarked;
