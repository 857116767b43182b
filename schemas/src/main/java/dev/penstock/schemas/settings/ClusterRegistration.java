package dev.penstock.schemas.settings;

import dev.penstock.schemas.key.Scope;
import java.util.List;
import java.util.Optional;

/**
 * What the fleet knows of a cluster. {@code lbcName} is LBC's {@code --cluster-name}, part of every
 * generated name (LBC 4.3). {@code dnsScopes} are the global scopes that get its claims. {@code
 * controller} holds what LBC takes as flags. Credentials are references ({@code env:NAME}, {@code
 * file:PATH}), never values.
 */
public record ClusterRegistration(
    String cluster,
    Scope home,
    String lbcName,
    String vpcId,
    Optional<String> clusterUid,
    Optional<String> kubeconfig,
    Optional<String> apiServer,
    Optional<String> certificateAuthority,
    Optional<String> tokenReference,
    List<Scope> dnsScopes,
    ControllerSettings controller) {

  /** A cluster without credentials, whose names are decided in its home's account. */
  public static ClusterRegistration of(String cluster, Scope home, String vpcId) {
    return new ClusterRegistration(
        cluster,
        home,
        cluster,
        vpcId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(Scope.global(home.account())),
        ControllerSettings.defaults());
  }

  public ClusterRegistration withDnsScopes(List<Scope> scopes) {
    return new ClusterRegistration(
        cluster,
        home,
        lbcName,
        vpcId,
        clusterUid,
        kubeconfig,
        apiServer,
        certificateAuthority,
        tokenReference,
        List.copyOf(scopes),
        controller);
  }

  /** Reached with the kubeconfig at that path or reference. */
  public ClusterRegistration withKubeconfig(String path) {
    return new ClusterRegistration(
        cluster,
        home,
        lbcName,
        vpcId,
        clusterUid,
        Optional.of(path),
        apiServer,
        certificateAuthority,
        tokenReference,
        dnsScopes,
        controller);
  }
}
