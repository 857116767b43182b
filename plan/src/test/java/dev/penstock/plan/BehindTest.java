package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.TargetGroupSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The load balancer behind a target group: registered where none is, never exchanged in place. */
final class BehindTest {
  private static final TargetGroupSpec OURS = Specs.leadingTo(Optional.of("arn:lb"), 443);

  @Test
  void isRegisteredWhereNoneIs() {
    var verdict = diff(Specs.leadingTo(Optional.empty(), 0));
    assertEquals(List.of(Aspect.BEHIND), assertInstanceOf(Verdict.Update.class, verdict).aspects());
    assertInstanceOf(Verdict.InSync.class, diff(OURS));
  }

  @Test
  void anotherOneNeedsAnotherGroup() {
    assertInstanceOf(Verdict.Replace.class, diff(Specs.leadingTo(Optional.of("arn:other"), 443)));
    assertInstanceOf(Verdict.Replace.class, diff(Specs.leadingTo(Optional.of("arn:lb"), 80)));
  }

  private static Verdict diff(TargetGroupSpec live) {
    var found = (LiveTargetGroup) Specs.live(live);
    return TargetGroupDifference.of(Specs.key(OURS), OURS, found, List.of(), Specs.OURS).verdict();
  }
}
