package dev.penstock.edges.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts of the SDK, whose getters answer null for what AWS did not send. */
public final class Text {
  private Text() {}

  /** The text, or the empty one. */
  public static String of(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** The text if AWS sent one that is not empty. */
  public static Optional<String> optional(@Nullable String text) {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
