/**
 * What etcd is to a real API server: a revisioned map of objects with a watch log, and its journal
 * on disk. Knows nothing of Kubernetes kinds, HTTP, threads or clocks. Imports Jackson's tree model
 * only. Open {@link dev.penstock.sandbox.kubernetes.store.ObjectStore} first.
 */
@NullMarked
package dev.penstock.sandbox.kubernetes.store;

import org.jspecify.annotations.NullMarked;
