package dev.penstock.streams.fold;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.ConfigMap;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Namespace;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.kubernetes.Secret;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.streams.turn.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Projections with a part replaced, and the fingerprint by which unchanged ones are known. */
public final class Projections {
  private static final RecordCodec<KubernetesObject> CODEC = RecordCodec.of(KubernetesObject.class);

  private Projections() {}

  /** Hash of all but the resource version. */
  public static String fingerprint(KubernetesObject object) {
    var m = object.metadata();
    var bare =
        new Metadata(
            m.namespace(),
            m.name(),
            m.uid(),
            "",
            m.generation(),
            m.labels(),
            m.annotations(),
            m.finalizers(),
            m.created(),
            m.deleted());
    return Digests.sha256(CODEC.encode(with(object, bare))).substring(0, 32);
  }

  public static Metadata withFinalizers(Metadata m, List<String> finalizers) {
    return new Metadata(
        m.namespace(),
        m.name(),
        m.uid(),
        m.resourceVersion(),
        m.generation(),
        m.labels(),
        m.annotations(),
        finalizers,
        m.created(),
        m.deleted());
  }

  /** The metadata with these labels too. */
  static Metadata withLabels(Metadata m, Map<String, String> more) {
    var labels = new TreeMap<>(m.labels());
    labels.putAll(more);
    return new Metadata(
        m.namespace(),
        m.name(),
        m.uid(),
        m.resourceVersion(),
        m.generation(),
        labels,
        m.annotations(),
        m.finalizers(),
        m.created(),
        m.deleted());
  }

  /** The object with another status, if it is of a kind that has addresses. */
  public static KubernetesObject withAddresses(
      KubernetesObject object, List<LoadBalancerAddress> addresses) {
    return switch (object) {
      case Ingress i ->
          new Ingress(
              i.metadata(), i.className(), i.defaultBackend(), i.rules(), i.tls(), addresses);
      case Service s ->
          new Service(
              s.metadata(),
              s.type(),
              s.clusterIp(),
              s.ipFamilies(),
              s.ports(),
              s.selector(),
              s.externalTrafficPolicy(),
              s.healthCheckNodePort(),
              s.loadBalancerClass(),
              s.loadBalancerSourceRanges(),
              s.externalIps(),
              s.externalName(),
              addresses);
      case IngressClass _,
          IngressClassParams _,
          EndpointSlice _,
          Node _,
          Pod _,
          Namespace _,
          TargetGroupBinding _,
          Secret _,
          ConfigMap _,
          Malformed _ ->
          object;
    };
  }

  /** The object with that condition in the place of any of its type, if it is a pod. */
  public static KubernetesObject withCondition(KubernetesObject object, Condition condition) {
    if (!(object instanceof Pod p)) {
      return object;
    }
    var conditions = new ArrayList<>(p.conditions());
    conditions.removeIf(c -> c.type().equals(condition.type()));
    conditions.add(condition);
    return new Pod(
        p.metadata(),
        p.nodeName(),
        p.ips(),
        p.hostIp(),
        p.phase(),
        List.copyOf(conditions),
        p.readinessGates(),
        p.ports());
  }

  public static KubernetesObject with(KubernetesObject object, Metadata metadata) {
    return switch (object) {
      case Ingress i ->
          new Ingress(metadata, i.className(), i.defaultBackend(), i.rules(), i.tls(), i.status());
      case IngressClass c -> new IngressClass(metadata, c.controller(), c.parameters());
      case IngressClassParams p -> withMetadata(p, metadata);
      case Service s -> withMetadata(s, metadata);
      case EndpointSlice e ->
          new EndpointSlice(metadata, e.serviceName(), e.addressType(), e.ports(), e.endpoints());
      case Node n ->
          new Node(
              metadata, n.providerId(), n.internalIps(), n.ready(), n.unschedulable(), n.taints());
      case Pod p ->
          new Pod(
              metadata,
              p.nodeName(),
              p.ips(),
              p.hostIp(),
              p.phase(),
              p.conditions(),
              p.readinessGates(),
              p.ports());
      case Namespace _ -> new Namespace(metadata);
      case TargetGroupBinding b ->
          new TargetGroupBinding(metadata, b.spec(), b.observedGeneration(), b.conditions());
      case Secret s -> new Secret(metadata, s.clientId());
      case ConfigMap c -> new ConfigMap(metadata, c.targets());
      case Malformed m -> new Malformed(metadata, m.of(), m.reason());
    };
  }

  private static IngressClassParams withMetadata(IngressClassParams p, Metadata metadata) {
    return new IngressClassParams(
        metadata,
        p.namespaceSelector(),
        p.groupName(),
        p.loadBalancerName(),
        p.scheme(),
        p.ipAddressType(),
        p.certificateArns(),
        p.sslPolicy(),
        p.sslRedirectPort(),
        p.inboundCidrs(),
        p.prefixListIds(),
        p.wafv2AclArn(),
        p.wafv2AclName(),
        p.subnetIds(),
        p.subnetTags(),
        p.targetType(),
        p.tags(),
        p.loadBalancerAttributes(),
        p.listeners(),
        p.capacityUnits(),
        p.ipv4IpamPoolId());
  }

  private static Service withMetadata(Service s, Metadata metadata) {
    return new Service(
        metadata,
        s.type(),
        s.clusterIp(),
        s.ipFamilies(),
        s.ports(),
        s.selector(),
        s.externalTrafficPolicy(),
        s.healthCheckNodePort(),
        s.loadBalancerClass(),
        s.loadBalancerSourceRanges(),
        s.externalIps(),
        s.externalName(),
        s.status());
  }
}
