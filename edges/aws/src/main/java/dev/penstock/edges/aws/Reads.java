package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;

/** Reads what an Observe command asks for; the module watchers implements it. Writes nothing. */
public interface Reads {
  List<Observation> read(ResourceKey resource, Reading reading, Calls calls)
      throws CallFailed, Halted, InterruptedException;
}
