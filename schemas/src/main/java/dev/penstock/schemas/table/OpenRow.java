package dev.penstock.schemas.table;

import dev.penstock.schemas.command.Command;
import java.time.Instant;

/**
 * The open command of a resource's lane; {@code attemptedBy} is the tenure of its last announced
 * attempt, or empty.
 */
public record OpenRow(Command command, String attemptedBy, int attempt, Instant attemptedAt)
    implements Row {}
