package dev.penstock.sandbox.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, one after another. All of it is closed, the last one first. */
public final class OpenParts implements AutoCloseable {
  private final Deque<Closeable> open = new ArrayDeque<>();

  public void push(Closeable part) {
    open.push(part);
  }

  /** A part that cannot be closed keeps none of the others open; every failure is told. */
  @Override
  public void close() {
    if (open.isEmpty()) {
      return;
    }
    try (var _ = open.removeLast()) {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException("a part cannot be closed", e);
    }
  }
}
