package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.key.ObjectKey;
import java.util.List;

/** What a resource should be, who wants it, and the record that last changed it. */
public record DesiredRow(ResourceSpec spec, List<ObjectKey> wantedBy, Cause cause, long seq)
    implements Row {}
