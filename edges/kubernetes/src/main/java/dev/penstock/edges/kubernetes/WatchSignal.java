package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.key.ObjectKind;

/** What a watch says, in the order in which the API server said it. */
public sealed interface WatchSignal {
  ObjectKind kind();

  /** ADDED or MODIFIED. */
  record Changed(ObjectKind kind, JsonNode object) implements WatchSignal {}

  /** DELETED, with the object's last state. */
  record Deleted(ObjectKind kind, JsonNode object) implements WatchSignal {}

  /** Nothing before this version is still to come. */
  record Bookmark(ObjectKind kind, String resourceVersion) implements WatchSignal {}

  /** The server closed the watch in its own time; it may be opened again where it stopped. */
  record Closed(ObjectKind kind) implements WatchSignal {}

  /** The watch broke. With {@link KubernetesFault#EXPIRED} it cannot go on where it stopped. */
  record Broken(ObjectKind kind, KubernetesFault fault, String message) implements WatchSignal {}
}
