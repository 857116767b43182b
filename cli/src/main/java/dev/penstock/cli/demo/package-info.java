/**
 * The demo: a story told on a running sandbox, every step verified against the simulator's own
 * state. Open {@link dev.penstock.cli.demo.DemoStory} first.
 */
@NullMarked
package dev.penstock.cli.demo;

import org.jspecify.annotations.NullMarked;
