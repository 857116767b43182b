package dev.penstock.watchers.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects that are read one by one because others name them: the Secrets of OIDC annotations of
 * Ingresses and Services (LBC 1.3), and the ConfigMaps with the own targets of bindings whose
 * groups other clusters share (LBC 5.6).
 */
final class NamedObjects {
  /** The kinds of which nothing is listed or watched. */
  static final Set<ObjectKind> KINDS =
      Collections.unmodifiableSet(EnumSet.of(ObjectKind.SECRET, ObjectKind.CONFIG_MAP));

  private static final String OIDC = "alb.ingress.kubernetes.io/auth-idp-oidc";
  private static final String TARGET_LIST = "aws-lbc-targets-";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SortedMap<ObjectKey, ObjectKey> byOwner = new TreeMap<>();

  void upserted(ObjectKey owner, KubernetesObject object) {
    secret(owner, object)
        .or(() -> targetList(owner, object))
        .ifPresentOrElse(key -> byOwner.put(owner, key), () -> byOwner.remove(owner));
  }

  void removed(ObjectKey owner) {
    byOwner.remove(owner);
  }

  /** Each named object once, in order. */
  SortedSet<ObjectKey> named() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(byOwner.values()));
  }

  private static Optional<ObjectKey> secret(ObjectKey owner, KubernetesObject object) {
    var annotation = object.metadata().annotations().getOrDefault(OIDC, "");
    var name = annotation.isEmpty() ? "" : secretName(annotation);
    return name.isEmpty() ? Optional.empty() : Optional.of(beside(owner, ObjectKind.SECRET, name));
  }

  private static Optional<ObjectKey> targetList(ObjectKey owner, KubernetesObject object) {
    return object instanceof TargetGroupBinding binding && binding.spec().multiCluster()
        ? Optional.of(beside(owner, ObjectKind.CONFIG_MAP, TARGET_LIST + owner.name()))
        : Optional.empty();
  }

  private static ObjectKey beside(ObjectKey owner, ObjectKind kind, String name) {
    return new ObjectKey(owner.cluster(), kind, owner.namespace(), name);
  }

  private static String secretName(String annotation) {
    try {
      return JSON.readTree(annotation).path("secretName").asText();
    } catch (JsonProcessingException _) {
      // Whether the annotation is valid is for plan to say.
      return "";
    }
  }
}
