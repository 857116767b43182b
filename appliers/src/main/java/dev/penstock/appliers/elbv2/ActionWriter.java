package dev.penstock.appliers.elbv2;

import dev.penstock.appliers.ClientSecrets;
import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.types.Actions;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.AuthenticateOidc;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Actions with the client secrets that they need, read when they are written. One that cannot be
 * read is the one that AWS has; where AWS has none nothing is written, never an action without it.
 */
final class ActionWriter {
  private final Execution execution;
  private final ClientSecrets secrets;

  ActionWriter(Execution execution, ClientSecrets secrets) {
    this.execution = execution;
    this.secrets = secrets;
  }

  /** Whether an action may have to be written though it looks as AWS has it. */
  static boolean holdSecrets(List<Action> actions) {
    return actions.stream().anyMatch(AuthenticateOidc.class::isInstance);
  }

  List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> write(
      List<Action> desired, List<Action> live) throws CallFailed {
    Map<String, Optional<String>> read = new HashMap<>();
    for (var action : desired) {
      if (action instanceof AuthenticateOidc oidc) {
        var secret = secrets.read(key(oidc.secretName()));
        if (secret.isEmpty() && !holdSecrets(live)) {
          throw new CallFailed(
              Fault.DENIED,
              "SecretUnreadable",
              0,
              "",
              true,
              "the client secret in " + oidc.secretName() + " cannot be read, or is empty");
        }
        read.put(oidc.secretName(), secret);
      }
    }
    return Actions.write(desired, oidc -> read.getOrDefault(oidc.secretName(), Optional.empty()));
  }

  /** Of {@code namespace/name} in the cluster of the command. */
  private ObjectKey key(String name) {
    var slash = name.indexOf('/');
    return new ObjectKey(
        execution.resource().stack().cluster(),
        ObjectKind.SECRET,
        name.substring(0, slash),
        name.substring(slash + 1));
  }
}
