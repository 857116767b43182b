package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.kubernetes.ResourceType;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesWrite.RecordEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Events about an object. The same type, reason and message about the same object are one Event
 * whose count grows, once for each command: its name is a hash of them, and it remembers the
 * command that counted last.
 */
final class EventWriter {
  /** What API servers take. */
  private static final int MAX_MESSAGE_BYTES = 1_024;

  private static final int MAX_NAME = 200;
  private static final String COUNTED_BY = "penstock.dev/command";
  private static final String COMPONENT = "penstock";

  private EventWriter() {}

  static void write(Attempt attempt, RecordEvent event)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var name = name(attempt, event);
    try {
      ObjectEdit.edit(attempt, name, "", current -> counted(attempt, current));
    } catch (KubernetesCallFailed failed) {
      if (failed.fault() != KubernetesFault.NOT_FOUND) {
        throw failed;
      }
      attempt.beforeWrite();
      attempt.api().create(name, body(attempt, name, event));
    }
  }

  private static ArrayNode counted(Attempt attempt, JsonNode current) {
    var annotations = current.path("metadata").path("annotations");
    var command = attempt.command().id();
    if (annotations.path(COUNTED_BY).asText().equals(command)) {
      return ObjectEdit.none();
    }
    var json = JsonNodeFactory.instance;
    var patch = ObjectEdit.none();
    ObjectEdit.add(patch, "/count", json.numberNode(current.path("count").asInt(1) + 1));
    ObjectEdit.add(patch, "/lastTimestamp", json.textNode(now(attempt)));
    if (annotations.isMissingNode()) {
      ObjectEdit.add(patch, "/metadata/annotations", json.objectNode());
    }
    var path = "/metadata/annotations" + ObjectEdit.step(COUNTED_BY);
    return ObjectEdit.add(patch, path, json.textNode(command));
  }

  /** Events about cluster-scoped objects are in the namespace default. */
  private static ResourceName name(Attempt attempt, RecordEvent event) {
    var about = attempt.command().object();
    var namespace = about.namespace().isEmpty() ? "default" : about.namespace();
    var prefix =
        about.name().length() > MAX_NAME ? about.name().substring(0, MAX_NAME) : about.name();
    var identity =
        String.join(
            "\n",
            about.kind().text(),
            about.path(),
            attempt.command().uid(),
            event.type(),
            event.reason(),
            event.message());
    return new ResourceName(ResourceType.EVENT, namespace, prefix + "." + hash(identity));
  }

  private static ObjectNode body(Attempt attempt, ResourceName name, RecordEvent event) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", name.type().apiVersion()).put("kind", name.type().kind());
    body.putObject("metadata")
        .put("name", name.name())
        .put("namespace", name.namespace())
        .putObject("annotations")
        .put(COUNTED_BY, attempt.command().id());
    var about = attempt.object();
    var involved = body.putObject("involvedObject");
    involved.put("apiVersion", about.type().apiVersion()).put("kind", about.type().kind());
    involved.put("namespace", about.namespace()).put("name", about.name());
    involved.put("uid", attempt.command().uid());
    body.put("type", event.type())
        .put("reason", event.reason())
        .put("message", cut(event.message()));
    body.putObject("source").put("component", COMPONENT);
    body.put("reportingComponent", COMPONENT).put("reportingInstance", "");
    body.put("firstTimestamp", now(attempt)).put("lastTimestamp", now(attempt)).put("count", 1);
    return body;
  }

  private static String now(Attempt attempt) {
    return attempt.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String cut(String message) {
    var cut = message;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE_BYTES) {
      cut = cut.substring(0, Math.min(cut.length() - 1, MAX_MESSAGE_BYTES));
    }
    return cut;
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
