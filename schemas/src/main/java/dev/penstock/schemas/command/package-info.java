/**
 * The values of penstock.commands and penstock.kubernetes-commands. Imports key, aws, kubernetes.
 * Open {@link dev.penstock.schemas.command.Command} first.
 */
@NullMarked
package dev.penstock.schemas.command;

import org.jspecify.annotations.NullMarked;
