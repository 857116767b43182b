/**
 * Elastic Load Balancing v2, one file per family of operations. Open {@link LoadBalancers} first.
 * May import the SDK's models, {@code engine} and the root package.
 */
@NullMarked
package dev.penstock.sandbox.aws.elb;

import org.jspecify.annotations.NullMarked;
