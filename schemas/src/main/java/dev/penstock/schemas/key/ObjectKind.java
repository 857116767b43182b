package dev.penstock.schemas.key;

/** The kinds of Kubernetes objects that watchers publish. */
public enum ObjectKind {
  INGRESS("Ingress"),
  INGRESS_CLASS("IngressClass"),
  INGRESS_CLASS_PARAMS("IngressClassParams"),
  SERVICE("Service"),
  ENDPOINT_SLICE("EndpointSlice"),
  NODE("Node"),
  POD("Pod"),
  NAMESPACE("Namespace"),
  TARGET_GROUP_BINDING("TargetGroupBinding"),
  SECRET("Secret"),
  CONFIG_MAP("ConfigMap");

  private final String text;

  ObjectKind(String text) {
    this.text = text;
  }

  /** The kind as Kubernetes writes it. */
  public String text() {
    return text;
  }

  /**
   * The kind with that text.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ObjectKind of(String text) {
    for (var kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no such kind: " + text);
  }
}
