/** Tests of the store and its journal. */
@NullMarked
package dev.penstock.sandbox.kubernetes.store;

import org.jspecify.annotations.NullMarked;
