/** Filters on verdicts (design §7): holds, pause, shadow, unset. Imports schemas and plan. */
@NullMarked
package dev.penstock.plan.policy;

import org.jspecify.annotations.NullMarked;
