/**
 * Which subnets and security groups a load balancer gets (LBC 4.11, 4.12). Imports schemas. Open
 * {@link dev.penstock.plan.network.SubnetChoice} first.
 */
@NullMarked
package dev.penstock.plan.network;

import org.jspecify.annotations.NullMarked;
