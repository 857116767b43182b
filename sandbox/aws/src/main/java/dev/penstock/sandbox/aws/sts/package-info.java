/**
 * The Security Token Service. Open {@link Identities} first. May import the SDK's models and {@code
 * engine}.
 */
@NullMarked
package dev.penstock.sandbox.aws.sts;

import org.jspecify.annotations.NullMarked;
