/**
 * Runs golden cases (Kubernetes objects and an AWS inventory in, a model out) through the watchers'
 * translators and plan, those of a story through every stage. Reads the case files only. Open
 * {@link dev.penstock.sandbox.conformance.GoldenCase} first.
 */
@NullMarked
package dev.penstock.sandbox.conformance;

import org.jspecify.annotations.NullMarked;
