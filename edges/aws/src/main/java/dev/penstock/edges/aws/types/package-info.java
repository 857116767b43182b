/**
 * SDK types to records and back, one file per resource kind; what AWS answers is brought into the
 * normal form that desired specs have. Imports schemas and the AWS SDK. Open {@link
 * dev.penstock.edges.aws.types.LoadBalancers} first.
 */
@NullMarked
package dev.penstock.edges.aws.types;

import org.jspecify.annotations.NullMarked;
