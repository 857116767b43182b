package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Node;
import java.util.ArrayList;
import java.util.List;

/** {@code v1 Node}: what changes with each heartbeat is left out. */
final class NodeTranslator {
  private NodeTranslator() {}

  static Node read(Metadata metadata, Fields root) throws MalformedField {
    var spec = root.child("spec");
    var status = root.child("status");
    return new Node(
        metadata,
        spec.text("providerID"),
        internalIps(status),
        ready(status),
        spec.flag("unschedulable"),
        spec.list("taints", NodeTranslator::taint));
  }

  private static List<String> internalIps(Fields status) throws MalformedField {
    var addresses = new ArrayList<String>();
    status.list(
        "addresses",
        address -> {
          if (address.word("type").equals("InternalIP")) {
            addresses.add(address.text("address"));
          }
          return address;
        });
    return List.copyOf(addresses);
  }

  /** A node that never said how it is, is not ready; Unknown is said by the node controller. */
  private static String ready(Fields status) throws MalformedField {
    return ConditionTranslator.read(status).stream()
        .filter(condition -> condition.type().equals("Ready"))
        .map(condition -> condition.status())
        .findFirst()
        .orElse("False");
  }

  private static Node.Taint taint(Fields taint) throws MalformedField {
    return new Node.Taint(taint.word("key"), taint.word("value"), taint.word("effect"));
  }
}
