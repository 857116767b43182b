package dev.penstock.cli.roles;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/**
 * Allows everything that a request cannot do without, and remembers it by the id of the client.
 * What a broker only asks to find out how much it may show is denied, unless it is a topic of ours:
 * the roles verify those.
 */
public final class RecordingAuthorizer implements Authorizer {
  private static final String OURS = "penstock";
  private static final Set<Asked> ASKED = new ConcurrentSkipListSet<>();

  /** One thing that a client was allowed. */
  record Asked(String client, ResourceType type, String name, AclOperation operation)
      implements Comparable<Asked> {
    @Override
    public int compareTo(Asked other) {
      return toString().compareTo(other.toString());
    }
  }

  /** Everything until now, of all brokers of this JVM. */
  static Set<Asked> asked() {
    return Set.copyOf(ASKED);
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext request, List<Action> actions) {
    return actions.stream().map(action -> authorize(request, action)).toList();
  }

  private static AuthorizationResult authorize(AuthorizableRequestContext request, Action action) {
    var resource = action.resourcePattern();
    var shown =
        action.operation() == AclOperation.DESCRIBE
            && resource.resourceType() == ResourceType.TOPIC
            && resource.name().startsWith(OURS);
    var internal = action.operation() == AclOperation.CLUSTER_ACTION;
    if (!action.logIfDenied() && !shown && !internal) {
      return AuthorizationResult.DENIED;
    }
    ASKED.add(
        new Asked(
            request.clientId(), resource.resourceType(), resource.name(), action.operation()));
    return AuthorizationResult.ALLOWED;
  }

  @Override
  public AuthorizationResult authorizeByResourceType(
      AuthorizableRequestContext request, AclOperation operation, ResourceType type) {
    return AuthorizationResult.ALLOWED;
  }

  @Override
  public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
    return server.endpoints().stream()
        .collect(Collectors.toMap(e -> e, _ -> CompletableFuture.completedFuture(null)));
  }

  @Override
  public List<? extends CompletionStage<AclCreateResult>> createAcls(
      AuthorizableRequestContext request, List<AclBinding> bindings) {
    throw new UnsupportedOperationException("nothing is configured");
  }

  @Override
  public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
      AuthorizableRequestContext request, List<AclBindingFilter> filters) {
    throw new UnsupportedOperationException("nothing is configured");
  }

  @Override
  public Iterable<AclBinding> acls(AclBindingFilter filter) {
    return List.of();
  }

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
