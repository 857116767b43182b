/**
 * Tests of the simulated cluster: its rules on a virtual clock, its API through a client library
 * and through kubectl.
 */
@NullMarked
package dev.penstock.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
