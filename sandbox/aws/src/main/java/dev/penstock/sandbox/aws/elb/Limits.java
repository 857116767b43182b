package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bounds of requests that are the same everywhere in ELBv2. */
final class Limits {
  private static final int LARGEST_PAGE = 400;

  private Limits() {}

  static void atMost(String member, List<?> values, int limit) {
    if (values.size() > limit) {
      throw AwsError.invalid(
          "1 validation error detected: Value '"
              + values
              + "' at '"
              + member
              + "' failed to satisfy constraint: Member must have length less than or equal to "
              + limit);
    }
  }

  static int elbPage(Turn turn, @Nullable Integer wanted) {
    if (wanted != null && (wanted < 1 || wanted > LARGEST_PAGE)) {
      throw AwsError.invalid("The page size '" + wanted + "' must be between 1 and 400");
    }
    var largest = turn.quota(Quota.ELB_PAGE);
    return wanted == null ? largest : Math.min(wanted, largest);
  }
}
