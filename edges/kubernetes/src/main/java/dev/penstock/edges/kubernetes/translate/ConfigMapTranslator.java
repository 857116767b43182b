package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.ConfigMap;
import dev.penstock.schemas.kubernetes.Metadata;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code v1 ConfigMap} that lists targets: its key {@code targets}, in which commas stand between
 * them (LBC 5.6). Nothing else of the data is looked at.
 */
public final class ConfigMapTranslator {
  /** The key of the list. */
  public static final String TARGETS = "targets";

  private static final String COMMA = ",";

  private ConfigMapTranslator() {}

  static ConfigMap read(Metadata metadata, Fields root) throws MalformedField {
    var text = root.child("data").text(TARGETS);
    return new ConfigMap(
        metadata,
        Stream.of(text.split(COMMA)).map(String::strip).filter(t -> !t.isEmpty()).toList());
  }

  /** The list as its key holds it. */
  public static String write(List<String> targets) {
    return String.join(COMMA, targets);
  }
}
