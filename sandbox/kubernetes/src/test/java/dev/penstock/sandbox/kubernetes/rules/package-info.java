/** Tests of the API's rules, one at a time. */
@NullMarked
package dev.penstock.sandbox.kubernetes.rules;

import org.jspecify.annotations.NullMarked;
