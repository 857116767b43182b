package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** EC2's paging: everything unless a size is named. */
final class Ec2Pages {
  private Ec2Pages() {}

  static <T> Pages<T> of(
      Turn turn,
      List<T> items,
      Function<T, String> id,
      @Nullable String token,
      @Nullable Integer size,
      int largest) {
    if (size != null && (size < 5 || size > largest)) {
      throw AwsError.refused(
          "InvalidParameterValue",
          "Value ( "
              + size
              + " ) for parameter maxResults is invalid. Expecting a value between 5 and "
              + largest);
    }
    var most = turn.quota(Quota.EC2_PAGE);
    return Pages.of(items, id, token, size == null ? Math.max(most, 1) : Math.min(size, most));
  }
}
