package dev.penstock.appliers;

import dev.penstock.schemas.key.ObjectKey;
import java.util.Optional;

/**
 * The client secrets of identity providers, read at the moment of a write. They are in no record,
 * no line of the log and no text of an error (design §7).
 */
public interface ClientSecrets {
  /** The client secret that this Secret holds; empty when it cannot be read now, or holds none. */
  Optional<String> read(ObjectKey secret);

  /** For what has no clusters. */
  static ClientSecrets none() {
    return _ -> Optional.empty();
  }
}
