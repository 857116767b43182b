package dev.penstock.schemas.kubernetes;

import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;

/** A projection of one object: all that decisions read of it. */
public sealed interface KubernetesObject
    permits Ingress,
        IngressClass,
        IngressClassParams,
        Service,
        EndpointSlice,
        Node,
        Pod,
        Namespace,
        TargetGroupBinding,
        Secret,
        ConfigMap,
        Malformed {

  Metadata metadata();

  /** The kind of the object, also of a {@link Malformed} one. */
  default ObjectKind kind() {
    return switch (this) {
      case Ingress _ -> ObjectKind.INGRESS;
      case IngressClass _ -> ObjectKind.INGRESS_CLASS;
      case IngressClassParams _ -> ObjectKind.INGRESS_CLASS_PARAMS;
      case Service _ -> ObjectKind.SERVICE;
      case EndpointSlice _ -> ObjectKind.ENDPOINT_SLICE;
      case Node _ -> ObjectKind.NODE;
      case Pod _ -> ObjectKind.POD;
      case Namespace _ -> ObjectKind.NAMESPACE;
      case TargetGroupBinding _ -> ObjectKind.TARGET_GROUP_BINDING;
      case Secret _ -> ObjectKind.SECRET;
      case ConfigMap _ -> ObjectKind.CONFIG_MAP;
      case Malformed malformed -> malformed.of();
    };
  }

  /** The key of this object in the given cluster. */
  default ObjectKey key(String cluster) {
    return new ObjectKey(cluster, kind(), metadata().namespace(), metadata().name());
  }
}
