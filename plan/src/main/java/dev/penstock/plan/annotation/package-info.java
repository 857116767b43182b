/**
 * Reads annotation values exactly as Go programs do (LBC 0, 10), and says what is wrong with them.
 * Imports schemas. Open {@link dev.penstock.plan.annotation.AnnotationReader} first.
 */
@NullMarked
package dev.penstock.plan.annotation;

import org.jspecify.annotations.NullMarked;
