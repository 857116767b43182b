package dev.penstock.plan;

import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.DnsSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The marks that prove that a resource is ours (I1): LBC's tracking tags of one cluster (LBC 4.4),
 * or external-dns' owner id (external-dns 3.7). A resource that our own log made stays ours
 * whatever marks stand there; one that it only wrote and that lost its marks stays ours, unless
 * somebody else's stand there. {@code formerNames} are those that the cluster had in AWS before:
 * what carries them is ours as well, and gets the present one. {@code backendGroups} are the ids of
 * the cluster's backend security groups: rules from them are ours (design §7).
 */
public record Ownership(
    String lbcName,
    List<String> formerNames,
    DnsSettings dns,
    List<String> externalTags,
    List<String> backendGroups) {
  private static final String BACKEND_RESOURCE = "elbv2.k8s.aws/resource";
  private static final List<String> LEGACY_TAGS =
      List.of(
          "kubernetes.io/cluster-name",
          "kubernetes.io/namespace",
          "kubernetes.io/ingress-name",
          "kubernetes.io/service-name",
          "kubernetes.io/service-port",
          StackTags.LEGACY_CLUSTER);

  public Ownership {
    externalTags = List.copyOf(externalTags);
    formerNames = List.copyOf(formerNames);
    backendGroups = List.copyOf(backendGroups);
  }

  /** Whether this cluster's marks are on something that carries these tags. */
  public boolean claims(Map<String, String> tags) {
    return StackTags.cluster(tags).filter(this::isName).isPresent();
  }

  private boolean isName(String cluster) {
    return cluster.equals(lbcName) || formerNames.contains(cluster);
  }

  /** Who owns what carries these tags, if it is not the resource that the key names. */
  Optional<String> stranger(
      ResourceKey key, Live live, Map<String, String> tags, List<String> written) {
    if (Written.holdsMade(written, live.id())) {
      return Optional.empty();
    }
    var cluster = StackTags.cluster(tags).orElse("");
    if (cluster.isEmpty()) {
      return Written.holdsId(written, live.id()) || standsBelowOurs(key)
          ? Optional.empty()
          : Optional.of("nobody (it carries no cluster tag)");
    }
    if (!isName(cluster)) {
      return Optional.of("cluster " + cluster);
    }
    return differs(tags, stackTag(key), key.stack().kind() == StackKind.SHARED ? "" : stackId(key))
        .map(stack -> "stack " + stack + " of this cluster")
        .or(() ->
            standsBelowOurs(key)
                ? Optional.empty()
                : differs(tags, resourceTag(key), key.id())
                    .map(id -> "resource " + id + " of this stack"));
  }

  /** Whether a tag may be written or removed by us on a resource of this kind. */
  boolean mayTouchTag(ResourceKind kind, String tag) {
    if (tag.startsWith("aws:") || externalTags.contains(tag)) {
      return false;
    }
    return switch (kind) {
      case LOAD_BALANCER, TARGET_GROUP, SECURITY_GROUP ->
          !LEGACY_TAGS.contains(tag) && !tag.equals("kubernetes.io/cluster/" + lbcName);
      case CERTIFICATE,
          LISTENER,
          LISTENER_RULE,
          SECURITY_GROUP_RULES,
          PROTECTION,
          RECORD_NAME,
          INVENTORY ->
          true;
    };
  }

  /**
   * Listeners and rules exist only inside a load balancer, whose owner is proven by its own tags.
   */
  private static boolean standsBelowOurs(ResourceKey key) {
    return key.kind() == ResourceKind.LISTENER || key.kind() == ResourceKind.LISTENER_RULE;
  }

  private static String stackId(ResourceKey key) {
    return key.stack().id();
  }

  private static String stackTag(ResourceKey key) {
    return prefix(key) + "/stack";
  }

  private static String resourceTag(ResourceKey key) {
    return key.stack().kind() == StackKind.SHARED ? BACKEND_RESOURCE : prefix(key) + "/resource";
  }

  private static String prefix(ResourceKey key) {
    return switch (key.stack().kind()) {
      case INGRESS, BINDING, SHARED, NAME -> "ingress.k8s.aws";
      case SERVICE -> "service.k8s.aws";
    };
  }

  /** A lost tag proves nothing against us; another value does. */
  private static Optional<String> differs(Map<String, String> tags, String tag, String wanted) {
    return Optional.ofNullable(tags.get(tag)).filter(value -> !value.equals(wanted));
  }
}
