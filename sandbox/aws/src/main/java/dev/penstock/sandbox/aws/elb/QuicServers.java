package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/**
 * The ids of QUIC servers: each target of a QUIC group has one, no other target does; it is its
 * own, and stays while the target is registered.
 */
final class QuicServers {
  private static final Set<String> PROTOCOLS = Set.of("QUIC", "TCP_QUIC");
  private static final Pattern ID = Pattern.compile("0x[0-9a-f]{16}");

  private QuicServers() {}

  static void check(
      Turn turn, TargetGroupRow group, TargetDescription given, Optional<TargetRow> held) {
    var id = given.quicServerId();
    if (!PROTOCOLS.contains(group.model().protocolAsString())) {
      if (id != null) {
        throw AwsError.invalid("A QUIC server ID can be specified only for QUIC and TCP_QUIC");
      }
      return;
    }
    if (id == null || !ID.matcher(id).matches()) {
      throw AwsError.invalid(
          "The QUIC server ID '" + id + "' of '" + given.id() + "' is not valid");
    }
    if (held.filter(row -> !Objects.equals(row.model().quicServerId(), id)).isPresent()) {
      throw AwsError.invalid("The QUIC server ID of '" + given.id() + "' cannot be modified");
    }
    var taken =
        turn.region().targets.in(group.arn()).stream()
            .filter(row -> row.drainedAt() == null)
            .filter(row -> id.equals(row.model().quicServerId()))
            .anyMatch(row -> !sameAddress(row.model(), given));
    if (taken) {
      throw AwsError.invalid("The QUIC server ID '" + id + "' is in use by another target");
    }
  }

  private static boolean sameAddress(TargetDescription one, TargetDescription other) {
    return one.id().equals(other.id()) && one.port().equals(other.port());
  }
}
