/**
 * An instance's own file: addresses and credentials. Behaviour is in the log. Open {@link
 * dev.penstock.cli.config.InstanceConfig} first.
 */
@NullMarked
package dev.penstock.cli.config;

import org.jspecify.annotations.NullMarked;
