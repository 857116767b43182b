package dev.penstock.schemas.table;

import dev.penstock.schemas.event.PauseKind;
import java.time.Instant;

/** A part of the world that stands still. */
public record PauseRow(PauseKind kind, String name, boolean all, String subject, Instant since)
    implements Row {}
