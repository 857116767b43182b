/**
 * Ingress members and their stacks: annotations, groups, listeners, rules, target groups. Imports
 * schemas and plan.
 */
@NullMarked
package dev.penstock.plan.ingress;

import org.jspecify.annotations.NullMarked;
