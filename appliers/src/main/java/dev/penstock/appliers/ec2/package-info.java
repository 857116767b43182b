/**
 * Executors of EC2 security groups. Imports appliers, edges and schemas. Open {@link
 * dev.penstock.appliers.ec2.SecurityGroupExecutor} first.
 */
@NullMarked
package dev.penstock.appliers.ec2;

import org.jspecify.annotations.NullMarked;
