/**
 * What a Kubernetes API server does with an object between the request and etcd: verbs, defaults,
 * validation, patches, field ownership, selectors, deletion. Plain methods on an {@link
 * dev.penstock.sandbox.kubernetes.store.ObjectStore}: no HTTP, no threads; time and randomness are
 * given. May import {@code store} and Jackson's tree model. Open {@link
 * dev.penstock.sandbox.kubernetes.rules.ApiRules} first.
 */
@NullMarked
package dev.penstock.sandbox.kubernetes.rules;

import org.jspecify.annotations.NullMarked;
