package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Rows.ZoneRow;
import dev.penstock.sandbox.aws.engine.Turn;
import software.amazon.awssdk.services.route53.model.HostedZone;

/** Finds hosted zones by their ids, which come bare or with {@code /hostedzone/} before them. */
final class Zones {
  static final String PREFIX = "/hostedzone/";

  private Zones() {}

  static ZoneRow find(Turn turn, String id) {
    var bare = bare(id);
    return turn.account()
        .zones
        .find(bare)
        .orElseThrow(
            () -> new AwsError("NoSuchHostedZone", 404, "No hosted zone found with ID: " + bare));
  }

  static String bare(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  static HostedZone shown(Turn turn, ZoneRow row) {
    var id = bare(row.model().id());
    return row.model().toBuilder()
        .resourceRecordSetCount((long) turn.account().records.in(id).size())
        .build();
  }
}
