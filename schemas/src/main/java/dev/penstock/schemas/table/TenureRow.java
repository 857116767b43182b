package dev.penstock.schemas.table;

import java.time.Instant;

/** Who holds a scope's AWS writes, or a cluster's Kubernetes writes, and since which record. */
public record TenureRow(String tenure, long position, Instant since) implements Row {}
