/**
 * AWS's wire protocols, generic over the SDK's models. Open {@link Wire} first. May import the
 * SDK's models, Jackson and {@link dev.penstock.sandbox.aws.AwsService}; knows no operation by name
 * but the paths of Route 53.
 */
@NullMarked
package dev.penstock.sandbox.aws.wire;

import org.jspecify.annotations.NullMarked;
