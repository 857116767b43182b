package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.KeyValue;
import dev.penstock.schemas.kubernetes.Metadata;
import java.util.List;

/** {@code elbv2.k8s.aws/v1beta1 IngressClassParams} (LBC 3.1). */
final class IngressClassParamsTranslator {
  private IngressClassParamsTranslator() {}

  static IngressClassParams read(Metadata metadata, Fields root) throws MalformedField {
    var spec = root.child("spec");
    return new IngressClassParams(
        metadata,
        SelectorTranslator.read(spec, "namespaceSelector"),
        spec.child("group").optionalText("name"),
        spec.optionalText("loadBalancerName"),
        spec.optionalText("scheme"),
        spec.optionalText("ipAddressType"),
        spec.words("certificateArn"),
        spec.optionalText("sslPolicy"),
        spec.optionalText("sslRedirectPort"),
        spec.words("inboundCIDRs"),
        prefixLists(spec),
        spec.optionalText("wafv2AclArn"),
        spec.optionalText("wafv2AclName"),
        spec.child("subnets").words("ids"),
        spec.child("subnets").wordLists("tags"),
        spec.optionalText("targetType"),
        keyValues(spec, "tags"),
        keyValues(spec, "loadBalancerAttributes"),
        spec.list("listeners", IngressClassParamsTranslator::listener),
        spec.child("minimumLoadBalancerCapacity").optionalNumber("capacityUnits"),
        spec.child("ipamConfiguration").optionalText("ipv4IPAMPoolId"));
  }

  /** The field had a capital letter once; the schema forbids both together. */
  private static List<String> prefixLists(Fields spec) throws MalformedField {
    var now = spec.words("prefixListsIDs");
    return now.isEmpty() ? spec.words("PrefixListsIDs") : now;
  }

  private static IngressClassParams.ListenerParams listener(Fields listener) throws MalformedField {
    return new IngressClassParams.ListenerParams(
        listener.word("protocol"),
        listener.portNumber("port"),
        keyValues(listener, "listenerAttributes"));
  }

  private static List<KeyValue> keyValues(Fields fields, String name) throws MalformedField {
    return fields.list(name, pair -> new KeyValue(pair.word("key"), pair.word("value")));
  }
}
