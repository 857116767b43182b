package dev.penstock.edges.log;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.Scope;
import java.util.Optional;

/** The keys of records: readable, and always beginning with the scope. */
public final class RecordKeys {
  private RecordKeys() {}

  public static String of(Command command) {
    return command.scope() + "|" + command.key();
  }

  public static String of(KubernetesCommand command) {
    return command.scope() + "|" + command.object();
  }

  /**
   * The scope that a key begins with.
   *
   * @throws IllegalArgumentException when it begins with something else
   */
  public static Scope scope(String key) {
    int bar = key.indexOf('|');
    return Scope.parse(bar < 0 ? key : key.substring(0, bar));
  }

  /** The scope that a key begins with, if it does. */
  public static Optional<Scope> find(String key) {
    try {
      return Optional.of(scope(key));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
