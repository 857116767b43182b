/**
 * What protects load balancers: WAF, classic WAF, Shield. Open {@link WebAcls} first. May import
 * the SDK's models, {@code engine} and the root package.
 */
@NullMarked
package dev.penstock.sandbox.aws.waf;

import org.jspecify.annotations.NullMarked;
