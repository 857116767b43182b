package dev.penstock.edges.kubernetes.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.util.Optional;

/** {@code elbv2.k8s.aws/v1beta1 TargetGroupBinding} (LBC 3.2), both ways. */
public final class TargetGroupBindingTranslator {
  private TargetGroupBindingTranslator() {}

  static TargetGroupBinding read(Metadata metadata, Fields root) throws MalformedField {
    var status = root.child("status");
    return new TargetGroupBinding(
        metadata,
        spec(root.child("spec")),
        status.optionalNumber("observedGeneration").orElse(0L),
        ConditionTranslator.read(status));
  }

  private static TargetGroupBinding.Spec spec(Fields spec) throws MalformedField {
    var service = spec.child("serviceRef");
    var port = service.port("port");
    if (port.isEmpty()) {
      throw service.malformed("port", "is missing");
    }
    var networking = spec.object("networking");
    return new TargetGroupBinding.Spec(
        spec.optionalText("targetGroupARN"),
        spec.optionalText("targetGroupName"),
        spec.optionalText("targetType"),
        spec.optionalText("targetGroupProtocol"),
        service.text("name"),
        port.get(),
        networking.isEmpty() ? Optional.empty() : Optional.of(networking(networking.get())),
        SelectorTranslator.read(spec, "nodeSelector"),
        spec.optionalText("ipAddressType"),
        spec.optionalText("vpcID"),
        spec.flag("multiClusterTargetGroup"),
        spec.optionalText("iamRoleArnToAssume"),
        spec.optionalText("assumeRoleExternalId"));
  }

  private static TargetGroupBinding.Networking networking(Fields networking) throws MalformedField {
    return new TargetGroupBinding.Networking(
        networking.list(
            "ingress",
            rule ->
                new TargetGroupBinding.NetworkingRule(
                    rule.list("from", TargetGroupBindingTranslator::peer),
                    rule.list("ports", TargetGroupBindingTranslator::port))));
  }

  private static TargetGroupBinding.Peer peer(Fields peer) throws MalformedField {
    return new TargetGroupBinding.Peer(
        peer.child("securityGroup").optionalText("groupID"),
        peer.child("ipBlock").optionalText("cidr"));
  }

  private static TargetGroupBinding.NetworkingPort port(Fields port) throws MalformedField {
    return new TargetGroupBinding.NetworkingPort(port.word("protocol", "TCP"), port.port("port"));
  }

  /** The spec as the API server takes it; reading it back gives an equal record. */
  public static ObjectNode write(TargetGroupBinding.Spec spec) {
    var node = JsonNodeFactory.instance.objectNode();
    put(node, "targetGroupARN", spec.targetGroupArn());
    put(node, "targetGroupName", spec.targetGroupName());
    put(node, "targetType", spec.targetType());
    put(node, "targetGroupProtocol", spec.targetGroupProtocol());
    var service = node.putObject("serviceRef").put("name", spec.serviceName());
    put(service, "port", spec.servicePort());
    spec.networking().ifPresent(networking -> write(networking, node.putObject("networking")));
    spec.nodeSelector()
        .ifPresent(selector -> SelectorTranslator.write(selector, node.putObject("nodeSelector")));
    put(node, "ipAddressType", spec.ipAddressType());
    put(node, "vpcID", spec.vpcId());
    if (spec.multiCluster()) {
      node.put("multiClusterTargetGroup", true);
    }
    put(node, "iamRoleArnToAssume", spec.iamRoleArnToAssume());
    put(node, "assumeRoleExternalId", spec.assumeRoleExternalId());
    return node;
  }

  private static void write(TargetGroupBinding.Networking networking, ObjectNode into) {
    var rules = into.putArray("ingress");
    for (var rule : networking.ingress()) {
      var entry = rules.addObject();
      var from = entry.putArray("from");
      for (var peer : rule.from()) {
        var source = from.addObject();
        peer.securityGroupId()
            .ifPresent(group -> source.putObject("securityGroup").put("groupID", group));
        peer.cidr().ifPresent(cidr -> source.putObject("ipBlock").put("cidr", cidr));
      }
      var ports = entry.putArray("ports");
      for (var port : rule.ports()) {
        var target = ports.addObject().put("protocol", port.protocol());
        port.port().ifPresent(reference -> put(target, "port", reference));
      }
    }
  }

  private static void put(ObjectNode node, String name, Optional<String> value) {
    value.ifPresent(text -> node.put(name, text));
  }

  private static void put(ObjectNode node, String name, PortReference port) {
    switch (port) {
      case PortReference.Named(var text) -> node.put(name, text);
      case PortReference.Numbered(var number) -> node.put(name, number);
    }
  }
}
