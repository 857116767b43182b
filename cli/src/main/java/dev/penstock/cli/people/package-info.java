/**
 * What people ask and decide: explain, holds, approve, pause, cluster, configure, through the API
 * of stream. Open {@link dev.penstock.cli.people.ApiClient} first.
 */
@NullMarked
package dev.penstock.cli.people;

import org.jspecify.annotations.NullMarked;
