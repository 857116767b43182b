package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.key.ObjectKind;

/**
 * One cluster's API server: the only door to it. A call is one request, never retried here.
 * Implementations: HTTP through fabric8, and the sandbox's store in this process.
 */
public interface KubernetesApi extends AutoCloseable {
  /** The field manager of everything that Penstock writes. */
  String FIELD_MANAGER = "penstock";

  /** The UID of the namespace kube-system: what stays the same as long as it is this cluster. */
  String clusterUid() throws KubernetesCallFailed;

  /** One page of all objects of a kind in all namespaces; {@code next} is empty for the first. */
  ObjectPage list(ObjectKind kind, int limit, String next) throws KubernetesCallFailed;

  /** A new, empty feed; the caller closes it. */
  WatchFeed feed();

  JsonNode get(ResourceName name) throws KubernetesCallFailed;

  JsonNode create(ResourceName name, ObjectNode object) throws KubernetesCallFailed;

  /** A JSON patch (RFC 6902); {@code subresource} is empty or {@code status}. */
  JsonNode patch(ResourceName name, String subresource, ArrayNode patch)
      throws KubernetesCallFailed;

  /**
   * Server-side apply with {@link #FIELD_MANAGER}, taking over fields that others manage. Fields
   * that are not in {@code object} stay as they are, unless this manager had applied them before.
   */
  JsonNode apply(ResourceName name, String subresource, ObjectNode object)
      throws KubernetesCallFailed;

  /** Deletes the object if it still has this UID. */
  void delete(ResourceName name, String uid) throws KubernetesCallFailed;

  @Override
  void close();
}
