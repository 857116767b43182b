package dev.penstock.streams.query;

import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.List;
import java.util.Optional;

/** One scope's resources in words: what is desired, what is observed, what stands in the way. */
record Sight(Tables tables, String scope) {
  /** The desired spec, if somebody wants the resource now. */
  Optional<ResourceSpec> desired(ResourceKey key) {
    return tables
        .get(Table.DESIRED, scope + "|" + key)
        .filter(DesiredRow::wanted)
        .map(DesiredRow::spec);
  }

  /** The load balancer that shall stand behind a group of target type alb. */
  Optional<LoadBalancerTarget> behind(ResourceKey group) {
    return desired(group)
        .flatMap(spec -> spec instanceof TargetGroupSpec it ? it.behind() : Optional.empty());
  }

  /** What AWS says of its health; absent while it is not registered. */
  Optional<String> behindState(ResourceKey group) {
    return tables
        .get(Table.OBSERVED, scope + "|" + group)
        .flatMap(row ->
            row.presence() instanceof ObservedRow.Present(Live.LiveTargetGroup it)
                ? it.behindState()
                : Optional.empty());
  }

  String observed(ResourceKey key) {
    return tables
        .get(Table.OBSERVED, scope + "|" + key)
        .map(row -> words(row.presence()))
        .orElse("unknown");
  }

  private static String words(ObservedRow.Presence presence) {
    return switch (presence) {
      case ObservedRow.Unknown(var reason) -> "unknown: " + reason;
      case ObservedRow.Missing() -> "missing";
      case ObservedRow.Present(Live.LiveLoadBalancer lb) ->
          lb.state()
              + ", "
              + lb.dnsName()
              + (lb.stateReason().isEmpty() ? "" : ", " + lb.stateReason());
      case ObservedRow.Present(Live.LiveCertificate certificate) ->
          certificate.status()
              + ", "
              + certificate.id()
              + (certificate.reason().isEmpty() ? "" : ", " + certificate.reason());
      case ObservedRow.Present(var live) -> ResourceLines.of(live.spec());
    };
  }

  List<String> obstacles(ResourceKey key) {
    return tables
        .get(Table.VERDICTS, scope + "|" + key)
        .filter(row -> row.verdict() != VerdictKind.IN_SYNC)
        .map(row -> List.of(row.verdict().text() + ": " + row.sentence()))
        .orElse(List.of());
  }

  /** What became of the last command of another lane of the resource, if it did not succeed. */
  Optional<String> lane(ResourceKey key, Lane lane) {
    return tables
        .get(Table.VERDICTS, scope + "|" + new CommandKey(key, lane))
        .map(row -> row.verdict().text() + ": " + row.sentence());
  }
}
