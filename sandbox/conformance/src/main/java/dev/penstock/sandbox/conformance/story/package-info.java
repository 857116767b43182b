/**
 * Golden cases in steps: each step's objects go through every stage on a virtual clock; afterwards
 * AWS and the cluster must look as the case says. Open {@link
 * dev.penstock.sandbox.conformance.story.StoryCase} first.
 */
@NullMarked
package dev.penstock.sandbox.conformance.story;

import org.jspecify.annotations.NullMarked;
