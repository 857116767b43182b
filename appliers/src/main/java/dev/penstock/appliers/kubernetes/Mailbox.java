package dev.penstock.appliers.kubernetes;

import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.ObjectKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a cluster's applier is told and did not hear yet: of each object the newest word alone, and
 * none of an object that came and went meanwhile. So a cluster that hangs costs no more than what
 * is open for it, however much is said. Whoever decided a command that was never heard has ended it
 * already.
 */
final class Mailbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<ObjectKey, Word> words = new LinkedHashMap<>();

  /** The objects whose command the applier was handed and that it does not know to be closed. */
  private final Set<ObjectKey> handed = new HashSet<>();

  private boolean caughtUp;
  private boolean woken;

  /** What is new about an object: what was open is closed, a command was opened, or both. */
  private record Word(boolean closed, Optional<KubernetesCommand> opened) {}

  void opened(KubernetesCommand command) {
    lock.lock();
    try {
      var before = words.remove(command.object());
      words.put(
          command.object(), new Word(before != null && before.closed(), Optional.of(command)));
      wakeUp();
    } finally {
      lock.unlock();
    }
  }

  void closed(ObjectKey object) {
    lock.lock();
    try {
      words.remove(object);
      if (handed.contains(object)) {
        words.put(object, new Word(true, Optional.empty()));
        wakeUp();
      }
    } finally {
      lock.unlock();
    }
  }

  /** All that was open when the scope became ours has been told. */
  void caughtUp() {
    lock.lock();
    try {
      caughtUp = true;
      wakeUp();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits goes on. */
  void wake() {
    lock.lock();
    try {
      wakeUp();
    } finally {
      lock.unlock();
    }
  }

  /** How many objects there is something to hear about. */
  int size() {
    lock.lock();
    try {
      return words.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to hear, at most that long. */
  void await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var left = atMost.toNanos();
      while (!woken && left > 0) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells the applier everything; its own thread's business, which nobody else waits for. */
  void hand(KubernetesApplier applier) {
    Map<ObjectKey, Word> now;
    boolean complete;
    lock.lock();
    try {
      now = new LinkedHashMap<>(words);
      complete = caughtUp;
      words.clear();
      woken = false;
      handed.removeAll(now.keySet());
      now.values().forEach(word -> word.opened().ifPresent(c -> handed.add(c.object())));
    } finally {
      lock.unlock();
    }
    now.forEach((object, word) -> {
      if (word.closed()) {
        applier.closed(object);
      }
      word.opened().ifPresent(applier::opened);
    });
    if (complete) {
      applier.caughtUp();
    }
  }

  private void wakeUp() {
    woken = true;
    news.signalAll();
  }
}
