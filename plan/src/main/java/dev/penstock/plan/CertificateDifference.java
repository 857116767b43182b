package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.key.ResourceKey;

/** Certificates: only the tags change in place. Whether one is issued is no difference. */
final class CertificateDifference {
  private CertificateDifference() {}

  static Comparison of(
      ResourceKey key, CertificateSpec want, LiveCertificate live, Ownership ownership) {
    var have = live.spec();
    var tags = Comparison.tags(key, want.tags(), ownership);
    var touched = Comparison.tags(key, have.tags(), ownership);
    return new Comparison.Collector()
        .fixed("the names", String.join(", ", want.names()), String.join(", ", have.names()))
        .fixed("the authority", want.authorityArn().orElse(""), have.authorityArn().orElse(""))
        .aspect(Aspect.TAGS, !tags.equals(touched))
        .of(live.withSpec(have.withTags(touched)), want.withTags(tags));
  }
}
