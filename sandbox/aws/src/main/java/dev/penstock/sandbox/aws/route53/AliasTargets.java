package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.elb.HostedZoneIds;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.Collection;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Whether an alias may point where it points: zone and name must belong together. */
final class AliasTargets {
  private static final String GLOBAL_ACCELERATOR = "Z2BJ6XQ5FK7U4H";
  private static final String CLOUD_FRONT = "Z2FDTNDATAQYW2";

  private AliasTargets() {}

  static Optional<String> fault(
      Turn turn, String zoneId, ResourceRecordSet set, Collection<RecordRow> state) {
    var target = set.aliasTarget();
    if (target.dnsName() == null || target.hostedZoneId() == null) {
      return Optional.of("An alias record must name its target and the target's zone");
    }
    var tried =
        "Tried to create an alias that targets "
            + target.dnsName()
            + ", type "
            + set.typeAsString()
            + " in zone "
            + target.hostedZoneId();
    if (target.hostedZoneId().equals(zoneId)) {
      var found =
          state.stream()
              .map(RecordRow::model)
              .anyMatch(row ->
                  row.name().equals(target.dnsName())
                      && row.typeAsString().equals(set.typeAsString()));
      return found ? Optional.empty() : Optional.of(tried + ", but that target was not found");
    }
    return suffix(turn, target.hostedZoneId())
        .filter(suffix -> target.dnsName().endsWith(suffix + "."))
        .map(_ -> Optional.<String>empty())
        .orElseGet(() ->
            Optional.of(tried + ", but the alias target name does not lie within the target zone"));
  }

  private static Optional<String> suffix(Turn turn, String zoneId) {
    return switch (zoneId) {
      case GLOBAL_ACCELERATOR -> Optional.of(".awsglobalaccelerator.com");
      case CLOUD_FRONT -> Optional.of(".cloudfront.net");
      default ->
          HostedZoneIds.suffix(zoneId)
              .or(() ->
                  turn.account()
                      .zones
                      .find(zoneId)
                      .map(row -> "." + row.model().name().replaceAll("\\.$", "")));
    };
  }
}
