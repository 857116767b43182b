package dev.penstock.schemas.event;

import dev.penstock.schemas.avro.Default;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parts of the world that can stand still. */
@Default("SCOPE")
public enum PauseKind {
  SCOPE("scope"),
  CLUSTER("cluster"),
  STACK("stack"),
  TARGET_GROUP("target-group"),
  NAME("name");

  private final String text;

  PauseKind(String text) {
    this.text = text;
  }

  /** The word on the command line. */
  public String text() {
    return text;
  }

  public static Optional<PauseKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  /** All words. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(PauseKind::text).toList();
  }
}
