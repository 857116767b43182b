package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One condition among others in the status of a Pod (readiness gate, LBC 5.5), Service or
 * TargetGroupBinding. The time of transition moves only with the status.
 */
final class ConditionWriter {
  private static final String PATH = "/status/conditions";

  private ConditionWriter() {}

  static void write(Attempt attempt, Condition condition)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var kind = attempt.command().object().kind();
    if (!hasConditions(kind)) {
      throw Unwritable.rejected(Fault.INVALID, "NoConditions", kind.text() + " has no conditions");
    }
    ObjectEdit.edit(
        attempt,
        attempt.object(),
        "status",
        current -> {
          attempt.requireSame(current);
          return change(current, condition, attempt.now());
        });
  }

  private static boolean hasConditions(ObjectKind kind) {
    return switch (kind) {
      case POD, SERVICE, TARGET_GROUP_BINDING -> true;
      case INGRESS,
          INGRESS_CLASS,
          INGRESS_CLASS_PARAMS,
          ENDPOINT_SLICE,
          NODE,
          NAMESPACE,
          SECRET,
          CONFIG_MAP ->
          false;
    };
  }

  private static ArrayNode change(JsonNode current, Condition condition, Instant now) {
    var conditions = current.path("status").path("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      var before = conditions.path(i);
      if (before.path("type").asText().equals(condition.type())) {
        var path = PATH + "/" + i;
        return says(before, condition)
            ? ObjectEdit.none()
            : ObjectEdit.add(
                ObjectEdit.remove(
                    ObjectEdit.test(ObjectEdit.none(), path + "/type", before.path("type")), path),
                path,
                after(before, condition, now));
      }
    }
    var added = after(JsonNodeFactory.instance.missingNode(), condition, now);
    var patch = ObjectEdit.none();
    if (!current.hasNonNull("status")) {
      ObjectEdit.add(patch, "/status", JsonNodeFactory.instance.objectNode());
    }
    return conditions.isArray()
        ? ObjectEdit.add(patch, PATH + "/-", added)
        : ObjectEdit.add(patch, PATH, JsonNodeFactory.instance.arrayNode().add(added));
  }

  private static boolean says(JsonNode before, Condition condition) {
    return before.path("status").asText().equals(condition.status())
        && before.path("reason").asText().equals(condition.reason())
        && before.path("message").asText().equals(condition.message());
  }

  private static ObjectNode after(JsonNode before, Condition condition, Instant now) {
    var same = before.path("status").asText().equals(condition.status());
    var since = before.path("lastTransitionTime").asText();
    var after = JsonNodeFactory.instance.objectNode();
    after.put("type", condition.type()).put("status", condition.status());
    after.put(
        "lastTransitionTime",
        same && !since.isEmpty() ? since : now.truncatedTo(ChronoUnit.SECONDS).toString());
    if (!condition.reason().isEmpty()) {
      after.put("reason", condition.reason());
    }
    if (!condition.message().isEmpty()) {
      after.put("message", condition.message());
    }
    return after;
  }
}
