/**
 * Measurements: what is claimed in numbers is measured here. May import everything. Open {@link
 * dev.penstock.bench.CodecBenchmark} for the codec.
 */
@NullMarked
package dev.penstock.bench;

import org.jspecify.annotations.NullMarked;
