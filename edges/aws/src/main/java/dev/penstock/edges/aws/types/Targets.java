package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Targets and their health. A target's identity is its id, port and zone (AWS API 1.1.2), and the
 * id of its server in a QUIC group.
 */
public final class Targets {
  private Targets() {}

  public static List<TargetDescription> write(Collection<Target> targets) {
    return targets.stream().map(Targets::write).toList();
  }

  private static TargetDescription write(Target target) {
    return TargetDescription.builder()
        .id(target.id())
        .port(target.port())
        .availabilityZone(target.zone().orElse(null))
        .quicServerId(target.quicServerId().orElse(null))
        .build();
  }

  /**
   * The zone is kept only as {@code all}: inside the VPC AWS fills in a zone that nobody asked for.
   */
  public static TargetHealth health(TargetHealthDescription seen) {
    var description = seen.target();
    var port = description.port();
    var target =
        new Target(
            description.id(),
            port == null ? 0 : port,
            Text.optional(description.availabilityZone()).filter("all"::equals),
            Text.optional(description.quicServerId()));
    var health = seen.targetHealth();
    return health == null
        ? new TargetHealth(target, "", "", "")
        : new TargetHealth(
            target,
            Text.of(health.stateAsString()),
            Text.of(health.reasonAsString()),
            Text.of(health.description()));
  }
}
