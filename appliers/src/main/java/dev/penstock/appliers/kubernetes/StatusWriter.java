package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.translate.AddressTranslator;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import java.util.List;

/**
 * The addresses in the status of an Ingress or Service, by server-side apply. Never blanked: no
 * addresses is no status to write (design §6).
 */
final class StatusWriter {
  private StatusWriter() {}

  static void write(Attempt attempt, List<LoadBalancerAddress> addresses)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var kind = attempt.command().object().kind();
    if (kind != ObjectKind.INGRESS && kind != ObjectKind.SERVICE) {
      throw Unwritable.rejected(Fault.INVALID, "NoStatus", kind.text() + " has no addresses");
    }
    if (addresses.isEmpty()) {
      throw Unwritable.rejected(Fault.INVALID, "BlankStatus", "a status is never blanked");
    }
    var name = attempt.object();
    var current = attempt.api().get(name);
    attempt.requireSame(current);
    var wanted = AddressTranslator.write(addresses);
    if (wanted.equals(current.path("status").path("loadBalancer").path("ingress"))) {
      attempt.answered(current);
      return;
    }
    attempt.beforeWrite();
    attempt.answered(attempt.api().apply(name, "status", body(attempt, current, wanted)));
  }

  private static ObjectNode body(Attempt attempt, JsonNode current, JsonNode addresses) {
    var name = attempt.object();
    var body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", name.type().apiVersion()).put("kind", name.type().kind());
    // The UID makes the apply fail on another object that took the name meanwhile.
    body.putObject("metadata")
        .put("name", name.name())
        .put("namespace", name.namespace())
        .put("uid", current.path("metadata").path("uid").asText());
    body.putObject("status").putObject("loadBalancer").set("ingress", addresses);
    return body;
  }
}
