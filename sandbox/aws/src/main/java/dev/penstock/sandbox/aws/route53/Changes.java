package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.ChangeRow;
import dev.penstock.sandbox.aws.engine.Turn;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetChangeResponse;

/** Accepted changes: PENDING until all name servers know them. */
public final class Changes implements Operations.Family {
  private static final String PREFIX = "/change/";
  private static final int KEPT = 1000;

  /** A change that was accepted. */
  record Accepted(ChangeRow row) {
    ChangeInfo info(Turn turn) {
      return Changes.info(turn, row);
    }
  }

  @Override
  public void register(Operations operations) {
    operations.on(GetChangeRequest.class, this::get);
  }

  static Accepted add(Turn turn, String comment) {
    var id = "C" + turn.ids().token(20);
    var done = turn.now().plus(turn.times().scale(turn.times().recordPropagation()));
    var row = new ChangeRow(id, comment, turn.now(), done);
    var changes = turn.account().changes;
    changes.put(id, row);
    if (changes.size() > KEPT) {
      changes.remove(changes.all().iterator().next().id());
    }
    return new Accepted(row);
  }

  private SdkResponse get(Turn turn, GetChangeRequest request) {
    var id = Zones.bare(request.id());
    var row =
        turn.account()
            .changes
            .find(id)
            .orElseThrow(() ->
                new AwsError("NoSuchChange", 404, "A change with id '" + id + "' was not found"));
    return GetChangeResponse.builder().changeInfo(info(turn, row)).build();
  }

  private static ChangeInfo info(Turn turn, ChangeRow row) {
    return ChangeInfo.builder()
        .id(PREFIX + row.id())
        .status(row.inSyncAt().isAfter(turn.now()) ? ChangeStatus.PENDING : ChangeStatus.INSYNC)
        .submittedAt(row.submittedAt())
        .comment(row.comment().isEmpty() ? null : row.comment())
        .build();
  }
}
