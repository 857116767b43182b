package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesCommand;
import java.time.Instant;

/**
 * One attempt of one command. Its first write is announced in the log before it is made; nothing is
 * written once the scope may no longer be ours (I8, design §6).
 */
final class Attempt {
  /** Puts {@code KubernetesAttempted} into the log. */
  interface Announcement {
    void announce() throws LogFailed;
  }

  private final KubernetesApi api;
  private final KubernetesCommand command;
  private final Instant now;
  private final WritePermit permit;
  private final Announcement announcement;
  private boolean announced;
  private boolean writing;
  private String resourceVersion = "";

  Attempt(
      KubernetesApi api,
      KubernetesCommand command,
      Instant now,
      WritePermit permit,
      Announcement announcement) {
    this.api = api;
    this.command = command;
    this.now = now;
    this.permit = permit;
    this.announcement = announcement;
  }

  KubernetesApi api() {
    return api;
  }

  KubernetesCommand command() {
    return command;
  }

  Instant now() {
    return now;
  }

  /** The object that the command is about. */
  ResourceName object() {
    return ResourceName.of(command.object());
  }

  /** To be called before each write. */
  void beforeWrite() throws LogFailed, Suspended {
    requirePermit();
    if (!announced) {
      announcement.announce();
      announced = true;
      requirePermit();
    }
    writing = true;
  }

  /** Reads and the log may have taken longer than a permit lasts. */
  private void requirePermit() throws Suspended {
    if (!permit.mayWrite()) {
      throw new Suspended();
    }
  }

  /** To be called with the answer to a write or read of the command's object. */
  JsonNode answered(JsonNode object) {
    writing = false;
    resourceVersion = object.path("metadata").path("resourceVersion").asText();
    return object;
  }

  /**
   * Makes the command's object.
   *
   * @return false if another one made it just now
   */
  boolean create(ObjectNode body) throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    beforeWrite();
    try {
      answered(api.create(object(), body));
      return true;
    } catch (KubernetesCallFailed failed) {
      return switch (failed.fault()) {
        case ALREADY_EXISTS -> false;
        case NOT_FOUND ->
            throw Unwritable.rejected(
                Fault.GONE, failed.reason(), String.valueOf(failed.getMessage()));
        case EXPIRED,
            UNAUTHORIZED,
            FORBIDDEN,
            TERMINATING,
            CONFLICT,
            UNREACHABLE,
            THROTTLED,
            INVALID ->
            throw failed;
      };
    }
  }

  /** A write has no answer yet. */
  boolean writing() {
    return writing;
  }

  boolean announced() {
    return announced;
  }

  /** The version that the object has after this attempt; empty if nobody knows. */
  String resourceVersion() {
    return resourceVersion;
  }

  /** An object of the same name that is another one is not what was decided about. */
  void requireSame(JsonNode current) throws Unwritable {
    var uid = current.path("metadata").path("uid").asText();
    if (!command.uid().isEmpty() && !command.uid().equals(uid)) {
      throw Unwritable.rejected(
          Fault.GONE,
          "UidMismatch",
          object() + " has UID " + uid + ", the command is for " + command.uid());
    }
  }
}
