/**
 * Measurements that a person can repeat with one command: the scenarios that the peers were
 * measured in, and the pipeline beside the log's own speed. May import everything. Open {@link
 * dev.penstock.cli.bench.BenchCommand} first.
 */
@NullMarked
package dev.penstock.cli.bench;

import org.jspecify.annotations.NullMarked;
