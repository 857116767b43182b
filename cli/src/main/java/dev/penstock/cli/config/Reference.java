package dev.penstock.cli.config;

/** Names where a value is kept: {@code env:NAME} or {@code file:PATH}. */
public final class Reference {
  private Reference() {}

  public static boolean is(String value) {
    return value.startsWith("env:") || value.startsWith("file:");
  }
}
