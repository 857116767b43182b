/**
 * Executors of Elastic Load Balancing, one for each resource kind. Imports appliers, edges and
 * schemas. Open {@link dev.penstock.appliers.elbv2.LoadBalancerExecutor} first.
 */
@NullMarked
package dev.penstock.appliers.elbv2;

import org.jspecify.annotations.NullMarked;
