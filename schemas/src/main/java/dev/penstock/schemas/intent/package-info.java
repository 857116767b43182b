/**
 * What members want, resolved inside their cluster. Open {@link
 * dev.penstock.schemas.intent.MemberIntent} first.
 */
@NullMarked
package dev.penstock.schemas.intent;

import org.jspecify.annotations.NullMarked;
