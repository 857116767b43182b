/**
 * The sandbox itself: every stage between embedded edges, in one process. May import every module
 * but cli. Open {@link dev.penstock.sandbox.local.Sandbox} first.
 */
@NullMarked
package dev.penstock.sandbox.local;

import org.jspecify.annotations.NullMarked;
