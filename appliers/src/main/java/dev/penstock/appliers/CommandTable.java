package dev.penstock.appliers;

import dev.penstock.schemas.command.Command;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The open commands of one scope, the newest of each key, as the topic says; and which of them are
 * being executed or were answered by us. At most one command of a key is executed at a time.
 */
final class CommandTable {
  private static final Comparator<Command> ORDER =
      Comparator.comparing(Command::urgency)
          .thenComparingLong(Command::seq)
          .thenComparing(Command::key);

  private final Map<String, Command> open = new ConcurrentSkipListMap<>();
  private final Map<String, String> executing = new ConcurrentHashMap<>();
  private final Map<String, Answer> answered = new ConcurrentHashMap<>();

  /** The command of a key that was answered, and when. */
  private record Answer(String id, Instant at) {}

  void opened(String key, Command command) {
    open.put(key, command);
  }

  void closed(String key) {
    open.remove(key);
    answered.remove(key);
  }

  int size() {
    return open.size();
  }

  /** Whether this is still the one open command of its key. */
  boolean current(String key, Command command) {
    var newest = open.get(key);
    return newest != null && newest.id().equals(command.id());
  }

  /** What may be started now, most urgent first. */
  List<Entry> startable() {
    return open.entrySet().stream()
        .filter(e -> !executing.containsKey(e.getKey()))
        .filter(e -> !isAnswered(e.getKey(), e.getValue()))
        .map(e -> new Entry(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(Entry::command, ORDER))
        .toList();
  }

  private boolean isAnswered(String key, Command command) {
    var answer = answered.get(key);
    return answer != null && answer.id().equals(command.id());
  }

  /** Whether a command is open that was answered before that moment. */
  boolean unheard(Instant before) {
    return answered.entrySet().stream()
        .filter(e -> e.getValue().at().isBefore(before))
        .anyMatch(e -> {
          var newest = open.get(e.getKey());
          return newest != null && newest.id().equals(e.getValue().id());
        });
  }

  /**
   * Whether the caller may execute it: false when somebody else took the key, or the command was
   * answered, replaced or closed since the caller looked.
   */
  boolean take(Entry entry) {
    if (executing.putIfAbsent(entry.key(), entry.command().id()) != null) {
      return false;
    }
    if (!current(entry.key(), entry.command()) || isAnswered(entry.key(), entry.command())) {
      executing.remove(entry.key());
      return false;
    }
    return true;
  }

  /** The execution ended with an outcome in the log. */
  void answered(Entry entry, Instant at) {
    if (open.containsKey(entry.key())) {
      answered.put(entry.key(), new Answer(entry.command().id(), at));
    }
    executing.remove(entry.key());
  }

  /** The execution ended without an outcome: the command may be taken again. */
  void released(Entry entry) {
    executing.remove(entry.key());
  }

  /** A command and its key on the topic. */
  record Entry(String key, Command command) {}
}
