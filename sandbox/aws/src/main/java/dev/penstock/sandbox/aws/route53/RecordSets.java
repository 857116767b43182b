package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.Comparator;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Record sets: changed in atomic batches, listed in the order of the tree of names. */
public final class RecordSets implements Operations.Family {

  @Override
  public void register(Operations operations) {
    operations.on(ChangeResourceRecordSetsRequest.class, this::change);
    operations.on(ListResourceRecordSetsRequest.class, this::list);
  }

  static String key(RecordRow row) {
    return row.zoneId() + "\t" + row.sort();
  }

  static void put(Turn turn, String zoneId, ResourceRecordSet set) {
    var row = row(zoneId, set);
    turn.account().records.put(key(row), row);
  }

  static RecordRow row(String zoneId, ResourceRecordSet set) {
    var sort = DnsNames.sort(set.name(), set.typeAsString(), set.setIdentifier());
    return new RecordRow(zoneId, sort, set);
  }

  /** Whether one of the account's zones has such a record set. */
  public static boolean exists(Turn turn, String name, String type) {
    var normal = DnsNames.normal(name);
    return turn.account().records.all().stream()
        .map(RecordRow::model)
        .anyMatch(set -> set.name().equals(normal) && set.typeAsString().equals(type));
  }

  private SdkResponse change(Turn turn, ChangeResourceRecordSetsRequest request) {
    var zone = Zones.find(turn, request.hostedZoneId());
    var batch = request.changeBatch();
    if (batch == null || batch.changes().isEmpty()) {
      throw AwsError.refused("InvalidInput", "A change batch must contain at least one change");
    }
    ChangeBatches.checkSize(batch);
    var zoneId = Zones.bare(zone.model().id());
    var result = ChangeBatches.judge(turn, zone, batch);
    for (var row : result.removed()) {
      turn.account().records.remove(key(row));
    }
    for (var row : result.written()) {
      turn.account().records.put(key(row), row);
    }
    if (turn.account().records.in(zoneId).size() > turn.quota(Quota.RECORD_SETS_PER_ZONE)) {
      throw AwsError.refused(
          "InvalidChangeBatch", "[Number of records limit of the hosted zone exceeded]");
    }
    var comment = batch.comment() == null ? "" : batch.comment();
    return ChangeResourceRecordSetsResponse.builder()
        .changeInfo(Changes.add(turn, comment).info(turn))
        .build();
  }

  private SdkResponse list(Turn turn, ListResourceRecordSetsRequest request) {
    var zone = Zones.find(turn, request.hostedZoneId());
    if (request.startRecordName() == null && request.startRecordTypeAsString() != null) {
      throw AwsError.refused("InvalidInput", "A start record type needs a start record name");
    }
    if (request.startRecordTypeAsString() == null && request.startRecordIdentifier() != null) {
      throw AwsError.refused("InvalidInput", "A start record identifier needs name and type");
    }
    var from =
        request.startRecordName() == null
            ? ""
            : DnsNames.sort(
                DnsNames.normal(request.startRecordName()),
                request.startRecordTypeAsString(),
                request.startRecordIdentifier());
    var sorted =
        turn.account().records.in(Zones.bare(zone.model().id())).stream()
            .filter(row -> row.sort().compareTo(from) >= 0)
            .sorted(Comparator.comparing(RecordRow::sort))
            .toList();
    var size = size(turn, request);
    var next = sorted.size() > size ? sorted.get(size).model() : null;
    return ListResourceRecordSetsResponse.builder()
        .resourceRecordSets(
            sorted.subList(0, Math.min(size, sorted.size())).stream()
                .map(RecordRow::model)
                .toList())
        .isTruncated(next != null)
        .nextRecordName(next == null ? null : next.name())
        .nextRecordType(next == null ? null : next.typeAsString())
        .nextRecordIdentifier(next == null ? null : next.setIdentifier())
        .maxItems(String.valueOf(size))
        .build();
  }

  private static int size(Turn turn, ListResourceRecordSetsRequest request) {
    var largest = turn.quota(Quota.ROUTE53_PAGE);
    if (request.maxItems() == null) {
      return largest;
    }
    if (!request.maxItems().matches("[1-9]\\d{0,8}")) {
      throw AwsError.refused("InvalidInput", "maxitems must be positive: " + request.maxItems());
    }
    return Math.min(largest, Integer.parseInt(request.maxItems()));
  }
}
