package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.key.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a resource should be, who wants it, and the record that last changed it. A row that nobody
 * wants any more keeps what it was, and for whom, until the resource is missing.
 */
public record DesiredRow(
    ResourceSpec spec,
    List<ObjectKey> wantedBy,
    Optional<Instant> unwantedSince,
    Cause cause,
    long seq)
    implements Row {

  public boolean wanted() {
    return unwantedSince.isEmpty();
  }
}
