package dev.penstock.schemas.key;

/** What a stack grows from. */
public enum StackKind {
  /** An IngressGroup, implicit or explicit. */
  INGRESS("ingress"),
  /** One Service of type LoadBalancer. */
  SERVICE("service"),
  /** A TargetGroupBinding that a user made onto an existing target group. */
  BINDING("binding"),
  /**
   * What all stacks of one cluster share: the backend security group and the rules on endpoint
   * security groups.
   */
  SHARED("shared"),
  /** One DNS name in a hosted zone; lives in a global scope. */
  NAME("name");

  private final String text;

  StackKind(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * The kind with that text.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static StackKind of(String text) {
    for (var kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no such kind: " + text);
  }
}
