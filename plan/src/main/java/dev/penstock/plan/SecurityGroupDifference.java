package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackKind;

/**
 * Security groups that we make. The rules of a frontend group are ours alone (LBC 4.12); the shared
 * backend group is only a source, its rules are not looked at.
 */
final class SecurityGroupDifference {
  private SecurityGroupDifference() {}

  static Comparison of(
      ResourceKey key, SecurityGroupSpec want, LiveSecurityGroup live, Ownership ownership) {
    var have = live.spec();
    var tags = Comparison.tags(key, want.tags(), ownership);
    var touched = Comparison.tags(key, have.tags(), ownership);
    return new Comparison.Collector()
        .aspect(Aspect.TAGS, !tags.equals(touched))
        .aspect(
            Aspect.INGRESS_RULES,
            key.stack().kind() != StackKind.SHARED
                && !NormalPermissions.of(want.ingress())
                    .equals(NormalPermissions.of(have.ingress())))
        .of(new LiveSecurityGroup(live.id(), have.withTags(touched)), want.withTags(tags));
  }
}
