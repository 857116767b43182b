/**
 * State and turns: tables with history, accounts and Regions, the journal, which family answers
 * which request. Open {@link World} first. May import the SDK's models and the root package.
 */
@NullMarked
package dev.penstock.sandbox.aws.engine;

import org.jspecify.annotations.NullMarked;
