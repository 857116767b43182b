package dev.penstock.sandbox.kubernetes.rules;

import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.util.List;
import java.util.Set;

/** One kind that the API serves, as discovery describes it. */
public record Kind(
    String group,
    String version,
    String kind,
    String plural,
    List<String> shortNames,
    boolean namespaced,
    Set<Trait> traits) {

  /** What a kind has beyond the plain verbs. */
  public enum Trait {
    /** A status that only the status subresource writes. */
    STATUS,
    /** {@code metadata.generation} counts the changes of what is neither metadata nor status. */
    GENERATION,
    SCALE,
    /** Listed by {@code kubectl get all}. */
    ALL,
    /** Comes from a CustomResourceDefinition. */
    CUSTOM
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  public String singular() {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }

  /** {@code pods}, {@code ingresses.networking.k8s.io}. */
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** {@code Pod}, {@code Ingress.networking.k8s.io}: the way error messages name it. */
  public String qualified() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  public StoreKey key(String namespace, String name) {
    return new StoreKey(resource(), namespaced ? namespace : "", name);
  }
}
