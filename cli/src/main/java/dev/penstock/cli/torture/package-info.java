/**
 * The stages as processes under kill -9, SIGSTOP, broker restarts and broken networks, judged by
 * the checks of the simulation. May import everything. Open {@link
 * dev.penstock.cli.torture.TortureCommand} first.
 */
@NullMarked
package dev.penstock.cli.torture;

import org.jspecify.annotations.NullMarked;
