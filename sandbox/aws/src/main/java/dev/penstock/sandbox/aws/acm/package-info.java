/**
 * AWS Certificate Manager. Open {@link Certificates} first. May import the SDK's models and {@code
 * engine}.
 */
@NullMarked
package dev.penstock.sandbox.aws.acm;

import org.jspecify.annotations.NullMarked;
