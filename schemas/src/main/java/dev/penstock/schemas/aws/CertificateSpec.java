package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate that ACM is asked for, validated through DNS. The names are sorted, the first is
 * the domain name; without a private authority Amazon issues it.
 */
public record CertificateSpec(
    List<String> names, Optional<String> authorityArn, Map<String, String> tags)
    implements ResourceSpec {

  /** The CNAME record by which ACM sees that a name is ours to use. */
  public record ValidationRecord(String name, String value) {}

  public CertificateSpec withTags(Map<String, String> changed) {
    return new CertificateSpec(names, authorityArn, changed);
  }

  /** Whether another certificate answers for the same names, issued by the same authority. */
  public boolean fits(CertificateSpec other) {
    return names.equals(other.names) && authorityArn.equals(other.authorityArn);
  }
}
