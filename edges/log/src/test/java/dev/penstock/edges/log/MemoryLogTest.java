package dev.penstock.edges.log;

import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import java.time.InstantSource;
import java.util.List;

final class MemoryLogTest extends LogContract {
  private final MemoryLog log = new MemoryLog(InstantSource.system());

  @Override
  Log log() {
    return log;
  }

  @Override
  void register(Scope scope) {
    log.register(scope);
  }

  @Override
  List<Event> kept(Scope scope) {
    return log.read(scope, 0).stream().map(MemoryLog.Kept::event).toList();
  }
}
