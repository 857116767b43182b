package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A listener; the first certificate is its default one, the others are SNI certificates. */
public record ListenerSpec(
    Link loadBalancer,
    int port,
    String protocol,
    List<Action> defaultActions,
    List<Link> certificates,
    Optional<String> sslPolicy,
    Optional<MutualAuthentication> mutualAuthentication,
    Map<String, String> attributes,
    Map<String, String> tags)
    implements ResourceSpec {

  public ListenerSpec withDefaultActions(List<Action> changed) {
    return with(changed, attributes, tags);
  }

  public ListenerSpec withAttributes(Map<String, String> changed) {
    return with(defaultActions, changed, tags);
  }

  public ListenerSpec withTags(Map<String, String> changed) {
    return with(defaultActions, attributes, changed);
  }

  private ListenerSpec with(
      List<Action> actions, Map<String, String> attributes, Map<String, String> tags) {
    return new ListenerSpec(
        loadBalancer,
        port,
        protocol,
        actions,
        certificates,
        sslPolicy,
        mutualAuthentication,
        attributes,
        tags);
  }

  /** Mode is off, passthrough or verify. */
  public record MutualAuthentication(
      String mode,
      Optional<String> trustStoreArn,
      Optional<Boolean> ignoreClientCertificateExpiry,
      Optional<String> advertiseTrustStoreCaNames) {}
}
