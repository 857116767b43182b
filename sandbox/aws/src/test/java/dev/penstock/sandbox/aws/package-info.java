/** Tests of the AWS simulator, in process and over HTTP. Open {@link CloudContract} first. */
@NullMarked
package dev.penstock.sandbox.aws;

import org.jspecify.annotations.NullMarked;
