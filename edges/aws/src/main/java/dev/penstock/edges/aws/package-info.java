/**
 * AWS clients, faults, SDK types to records. Imports schemas and the AWS SDK. Open {@link
 * dev.penstock.edges.aws.Cloud} first.
 */
@NullMarked
package dev.penstock.edges.aws;

import org.jspecify.annotations.NullMarked;
