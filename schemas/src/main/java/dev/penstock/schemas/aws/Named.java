package dev.penstock.schemas.aws;

import java.util.Optional;

/**
 * What AWS has under a name that a member gives for a thing that is not ours. Without an id there
 * is none, or AWS does not tell: {@code reason} says which.
 */
public record Named(Kind kind, String name, Optional<String> id, String reason) {

  /** The kinds of things that may be named; each name stands for one thing of a scope at most. */
  public enum Kind {
    WEB_ACL("web ACL"),
    TRUST_STORE("trust store"),
    TARGET_GROUP("target group");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public static Named found(Kind kind, String name, String id) {
    return new Named(kind, name, Optional.of(id), "");
  }

  public static Named absent(Kind kind, String name) {
    return new Named(
        kind, name, Optional.empty(), "there is no " + kind.text() + " \"" + name + "\"");
  }
}
