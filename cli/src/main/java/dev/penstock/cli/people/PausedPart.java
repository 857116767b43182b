package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.event.PauseKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The part of the world that is to stand still, or to go on again. */
final class PausedPart {
  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = KindOption.class,
      description = "cluster, stack, target-group, name or scope")
  private PauseKind kind = PauseKind.CLUSTER;

  @Parameters(index = "1", paramLabel = "NAME", description = "which one, as `explain` names it")
  private String name = "";

  ObjectNode json() {
    return JsonNodeFactory.instance.objectNode().put("kind", kind.text()).put("name", name);
  }

  @Override
  public String toString() {
    return kind.text() + " " + name;
  }

  /** The word of a kind. */
  static final class KindOption implements ITypeConverter<PauseKind> {
    @Override
    public PauseKind convert(String text) {
      return PauseKind.of(text)
          .orElseThrow(() ->
              new TypeConversionException(
                  "a kind is one of %s, not: %s".formatted(PauseKind.texts(), text)));
    }
  }
}
