/**
 * Certificates that ACM is asked for. Open {@link CertificateExecutor} first. May import {@code
 * schemas}, {@code edges.aws} and the root package.
 */
@NullMarked
package dev.penstock.appliers.acm;

import org.jspecify.annotations.NullMarked;
