/**
 * What guards load balancers: web ACLs and Shield. Open {@link ProtectionExecutor} first. May
 * import {@code schemas}, {@code edges.aws} and the root package.
 */
@NullMarked
package dev.penstock.appliers.guard;

import org.jspecify.annotations.NullMarked;
