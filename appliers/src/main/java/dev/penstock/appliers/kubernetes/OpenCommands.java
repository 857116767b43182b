package dev.penstock.appliers.kubernetes;

import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The open commands of one cluster, the newest of each object. An answered one stays until the
 * topic says that it is closed, so that it is not tried again.
 */
final class OpenCommands {
  /** One open command and how far it is. */
  static final class Entry {
    final KubernetesCommand command;
    int attempts;
    boolean announced;
    boolean answered;
    Optional<Instant> firstTried = Optional.empty();
    Instant notBefore = Instant.MIN;

    /** What came of it, as long as the log has not taken it. */
    Optional<Unreported> unreported = Optional.empty();

    private Entry(KubernetesCommand command) {
      this.command = command;
    }
  }

  /** An outcome that is not in the log yet. */
  record Unreported(Result result, String resourceVersion) {}

  /** What pods and first AWS writes wait for comes first, what people only read comes last. */
  private static final Comparator<Entry> ORDER =
      Comparator.<Entry>comparingInt(entry -> rank(entry.command))
          .thenComparingLong(entry -> entry.command.seq())
          .thenComparing(entry -> entry.command.object());

  private final Map<ObjectKey, Entry> entries = new TreeMap<>();

  /** The entry that this one replaces, if it replaces one. */
  Optional<Entry> open(KubernetesCommand command) {
    var before = entries.get(command.object());
    if (before != null && before.command.id().equals(command.id())) {
      return Optional.empty();
    }
    entries.put(command.object(), new Entry(command));
    return Optional.ofNullable(before);
  }

  void close(ObjectKey object) {
    entries.remove(object);
  }

  /** The most urgent command that is due. */
  Optional<Entry> next(Instant now) {
    return entries.values().stream()
        .filter(entry -> !entry.answered && !now.isBefore(entry.notBefore))
        .min(ORDER);
  }

  /** When the next command is due. */
  Instant nextDue() {
    return entries.values().stream()
        .filter(entry -> !entry.answered)
        .map(entry -> entry.notBefore)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** How many wait for an answer. */
  int waiting() {
    return (int) entries.values().stream().filter(entry -> !entry.answered).count();
  }

  private static int rank(KubernetesCommand command) {
    if (command.object().kind() == ObjectKind.POD) {
      return 0;
    }
    if (command.writes().stream().anyMatch(KubernetesWrite.AddFinalizer.class::isInstance)) {
      return 1;
    }
    var onlyEvents =
        command.writes().stream().allMatch(KubernetesWrite.RecordEvent.class::isInstance);
    return onlyEvents ? 3 : 2;
  }
}
