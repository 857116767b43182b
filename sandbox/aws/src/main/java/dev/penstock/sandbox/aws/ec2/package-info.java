/**
 * EC2 as far as load balancers need it: network inventory, security groups, tags. Open {@link
 * SecurityGroups} first. May import the SDK's models, {@code engine} and the root package.
 */
@NullMarked
package dev.penstock.sandbox.aws.ec2;

import org.jspecify.annotations.NullMarked;
