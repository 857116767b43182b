package dev.penstock.schemas.table;

import java.time.Instant;

/** A part of the world that stands still. */
public record PauseRow(String kind, String name, boolean all, String subject, Instant since)
    implements Row {}
