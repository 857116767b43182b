package dev.penstock.cli;

/** A command cannot do what was asked; the message says why and what to do next. */
public final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final ExitCode code;

  public CommandFailed(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  public ExitCode code() {
    return code;
  }
}
