package dev.penstock.cli.config;

import java.util.List;

/** The file or environment is wrong; every problem is named, none holds a secret. */
public final class ConfigRefused extends Exception {
  private static final long serialVersionUID = 1;

  ConfigRefused(List<String> problems) {
    super(String.join("\n", problems));
  }
}
