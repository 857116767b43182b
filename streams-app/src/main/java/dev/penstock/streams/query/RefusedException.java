package dev.penstock.streams.query;

/** A person asked for something that cannot be done; the words say why and what to do next. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String words;

  RefusedException(int status, String words) {
    super(words);
    this.status = status;
    this.words = words;
  }

  int status() {
    return status;
  }

  String words() {
    return words;
  }
}
