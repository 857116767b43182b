package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import java.util.List;
import java.util.Optional;

/**
 * A web ACL or Shield in front of a load balancer. Only an explicit value takes one away (design
 * §7, unset): what nobody wants any more is in sync. Any Shield protection guards; one that
 * somebody else named is not taken away.
 */
final class ProtectionDifference {
  private ProtectionDifference() {}

  static Verdict of(Optional<ProtectionSpec> desired, LiveProtection live) {
    if (desired.isEmpty()) {
      return new Verdict.InSync();
    }
    var want = desired.get();
    var have = live.spec();
    if (!have.loadBalancer().equals(want.loadBalancer())) {
      return new Verdict.Create(want);
    }
    if (have.value().equals(want.value())) {
      return new Verdict.InSync();
    }
    if (want.guard() == Guard.SHIELD && !have.value().isEmpty()) {
      if (!want.value().isEmpty()) {
        return new Verdict.InSync();
      }
      if (!Guard.isOurs(have.value())) {
        return new Verdict.Foreign("whoever named the protection \"" + have.value() + "\"");
      }
    }
    return new Verdict.Update(live, want, List.of(Aspect.CORE));
  }
}
