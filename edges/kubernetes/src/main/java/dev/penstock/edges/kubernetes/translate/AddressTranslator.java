package dev.penstock.edges.kubernetes.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import java.util.List;

/** {@code status.loadBalancer.ingress} of Ingresses and Services, both ways. */
public final class AddressTranslator {
  private AddressTranslator() {}

  static List<LoadBalancerAddress> read(Fields root) throws MalformedField {
    return root.child("status").child("loadBalancer").list("ingress", AddressTranslator::address);
  }

  /** The list as the API server takes it. */
  public static ArrayNode write(List<LoadBalancerAddress> addresses) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var address : addresses) {
      var entry = list.addObject();
      address.hostname().ifPresent(hostname -> entry.put("hostname", hostname));
      address.ip().ifPresent(ip -> entry.put("ip", ip));
      if (!address.ports().isEmpty()) {
        var ports = entry.putArray("ports");
        for (var port : address.ports()) {
          ports.addObject().put("port", port.port()).put("protocol", port.protocol());
        }
      }
    }
    return list;
  }

  private static LoadBalancerAddress address(Fields address) throws MalformedField {
    return new LoadBalancerAddress(
        address.optionalText("hostname"),
        address.optionalText("ip"),
        address.list(
            "ports",
            port ->
                new LoadBalancerAddress.StatusPort(
                    port.portNumber("port"), port.word("protocol", "TCP"))));
  }
}
