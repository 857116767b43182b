/**
 * Route 53: zones, record sets, changes. Open {@link RecordSets} first. May import the SDK's
 * models, {@code engine} and the root package.
 */
@NullMarked
package dev.penstock.sandbox.aws.route53;

import org.jspecify.annotations.NullMarked;
