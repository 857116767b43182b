package dev.penstock.schemas.kubernetes;

/** A port by name or by number, as Kubernetes' IntOrString. */
public sealed interface PortReference {
  record Named(String name) implements PortReference {}

  record Numbered(int number) implements PortReference {}

  /** The reference as it appears in LBC's resource ids (LBC 4.3). */
  default String text() {
    return switch (this) {
      case Named(var name) -> name;
      case Numbered(var number) -> Integer.toString(number);
    };
  }
}
