package dev.penstock.schemas.table;

import java.time.Instant;

/**
 * Everything of a cluster (load balancers, target groups, security groups) or of a hosted zone was
 * listed: what has no row and is of that kind is missing. {@code position} is the scan's horizon.
 */
public record ScanRow(long position, Instant at) implements Row {}
