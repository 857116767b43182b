package dev.penstock.cli;

/** A command cannot do what was asked; the message says why and what to do next. */
final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final ExitCode code;

  CommandFailed(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
