package dev.penstock.watchers.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The Secrets that OIDC annotations of Ingresses and Services name (LBC 1.3). */
final class OidcSecrets {
  private static final String ANNOTATION = "alb.ingress.kubernetes.io/auth-idp-oidc";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SortedMap<ObjectKey, ObjectKey> byOwner = new TreeMap<>();

  void upserted(ObjectKey owner, KubernetesObject object) {
    var annotation = object.metadata().annotations().getOrDefault(ANNOTATION, "");
    var name = annotation.isEmpty() ? "" : secretName(annotation);
    if (name.isEmpty()) {
      byOwner.remove(owner);
    } else {
      byOwner.put(
          owner, new ObjectKey(owner.cluster(), ObjectKind.SECRET, owner.namespace(), name));
    }
  }

  void removed(ObjectKey owner) {
    byOwner.remove(owner);
  }

  /** Each named Secret once, in order. */
  SortedSet<ObjectKey> named() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(byOwner.values()));
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
