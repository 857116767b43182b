/** The topic catalogue as plain data. Open {@link dev.penstock.schemas.topic.Topics} first. */
@NullMarked
package dev.penstock.schemas.topic;

import org.jspecify.annotations.NullMarked;
