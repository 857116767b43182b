package dev.penstock.plan.annotation;

/** A text is no JSON, or JSON of another shape than the reader asked for. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String why;

  public JsonException(String why) {
    super(why);
    this.why = why;
  }

  /** What was found and what was wanted. */
  public String why() {
    return why;
  }
}
