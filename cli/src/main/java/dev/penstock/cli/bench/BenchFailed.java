package dev.penstock.cli.bench;

import java.io.IOException;

/** What was to be measured did not happen in its bound; the message says what. */
final class BenchFailed extends IOException {
  private static final long serialVersionUID = 1;

  BenchFailed(String message) {
    super(message);
  }
}
