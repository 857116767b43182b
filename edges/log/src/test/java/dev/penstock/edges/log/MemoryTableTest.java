package dev.penstock.edges.log;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.key.Scope;
import java.time.InstantSource;

final class MemoryTableTest extends CommandFeedContract {
  private final MemoryLog log = new MemoryLog(InstantSource.system());

  @Override
  void register(Scope scope) {
    log.register(scope);
  }

  @Override
  void open(Command command) {
    log.commands().open(command.scope(), RecordKeys.of(command), command);
  }

  @Override
  void close(Command command) {
    log.commands().close(command.scope(), RecordKeys.of(command));
  }

  @Override
  CommandFeed<Command> join() {
    return log.commands().join();
  }
}
