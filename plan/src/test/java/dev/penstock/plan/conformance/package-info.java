/**
 * Runs golden cases (Kubernetes objects and an AWS inventory in, a model out) against plan. Reads
 * the case files only. Open {@link dev.penstock.plan.conformance.ConformanceTest} first.
 */
@NullMarked
package dev.penstock.plan.conformance;

import org.jspecify.annotations.NullMarked;
