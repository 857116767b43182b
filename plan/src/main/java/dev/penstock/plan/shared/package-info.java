/**
 * What all stacks of one cluster share: the backend security group and our rules on the security
 * groups of nodes and pods (LBC 4.12, 4.13). Open {@link dev.penstock.plan.shared.SharedPlan}
 * first. Imports schemas and plan.
 */
@NullMarked
package dev.penstock.plan.shared;

import org.jspecify.annotations.NullMarked;
