/**
 * Each role of the pipeline, composed once. May import every module but the sandbox and the
 * command. Open {@link dev.penstock.roles.StreamStage} first.
 */
@NullMarked
package dev.penstock.roles;

import org.jspecify.annotations.NullMarked;
