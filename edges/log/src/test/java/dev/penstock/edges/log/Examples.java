package dev.penstock.edges.log;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records for tests of the log. */
final class Examples {
  private Examples() {}

  static Scope scope(String account) {
    return new Scope(account, "us-west-2");
  }

  static Event refused(Scope scope, String key, String reason) {
    return new Event(scope, scope + "|" + key, new ScopeFact.RecordRefused(key, reason));
  }

  static Command command(Scope scope, String id, String group) {
    var resource =
        new ResourceKey(
            new StackId("prod", StackKind.INGRESS, "default/web"),
            ResourceKind.TARGET_GROUP,
            group);
    var specimen = new Specimens(1).of(Command.class);
    return new Command(
        id,
        scope,
        new CommandKey(resource, Lane.REGISTER),
        7,
        Instant.EPOCH,
        specimen.urgency(),
        specimen.cause(),
        new Operation.RegisterTargets(
            "arn:" + group, List.of(new Target("10.0.0.1", 80, Optional.empty()))));
  }
}
