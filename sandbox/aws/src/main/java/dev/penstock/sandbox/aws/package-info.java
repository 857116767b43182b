/**
 * AWS's semantics behind the SDK's own models, in memory or over HTTP, on any clock. Open {@link
 * AwsSimulator} first, then {@link WorldSpec}, {@link Settings}, {@link AwsFaults} and {@link
 * RequestLog}; {@link AwsServer} adds HTTP. May import the AWS SDK's models, Jackson and this
 * module's other packages; nothing outside imports those.
 */
@NullMarked
package dev.penstock.sandbox.aws;

import org.jspecify.annotations.NullMarked;
