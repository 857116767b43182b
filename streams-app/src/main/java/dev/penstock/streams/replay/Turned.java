package dev.penstock.streams.replay;

import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.streams.turn.Effects;

/** A record that was taken again: what it says, where its scope stands since, what it led to. */
record Turned(RawRecord record, Event event, ChainRow chain, Effects effects) {
  Scope scope() {
    return event.scope();
  }

  Difference.Cause cause() {
    return new Difference.Cause(
        record.position(), record.time(), event.key(), event.body().getClass().getSimpleName());
  }
}
