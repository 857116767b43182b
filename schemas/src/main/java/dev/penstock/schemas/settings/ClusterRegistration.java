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
    ControllerSettings controller) {}
