package dev.penstock.schemas.table;

import dev.penstock.schemas.command.Command;
import java.time.Instant;
import java.util.Optional;

/**
 * The open command of a resource's lane; {@code attemptedBy} is the tenure of its last announced
 * attempt, or empty.
 */
public record OpenRow(
    Command command,
    String attemptedBy,
    int attempt,
    Instant attemptedAt,
    Optional<Horizon> horizon)
    implements Row {
  /** Where and when the first read of a tenure was announced. */
  public record Horizon(String tenure, long position, Instant at) {}
}
