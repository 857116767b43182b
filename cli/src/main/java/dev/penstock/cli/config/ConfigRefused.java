package dev.penstock.cli.config;

import java.util.List;

/** The file or environment is wrong; every problem is named, none holds a secret. */
public final class ConfigRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final List<String> problems;

  ConfigRefused(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
