/**
 * AWS resources as they should be (specs) and as they are (live). Imports key. Open {@link
 * dev.penstock.schemas.aws.ResourceSpec} first.
 */
@NullMarked
package dev.penstock.schemas.aws;

import org.jspecify.annotations.NullMarked;
