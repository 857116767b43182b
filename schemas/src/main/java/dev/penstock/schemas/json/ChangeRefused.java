package dev.penstock.schemas.json;

import java.util.List;

/** What somebody wrote does not fit the record; every problem names its key. */
public final class ChangeRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final List<String> problems;

  public ChangeRefused(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
