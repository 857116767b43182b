package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.CertificateCalls;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.Text;
import dev.penstock.edges.aws.types.Certificates;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.CertificatesSeen;
import dev.penstock.schemas.event.Observation.ResourceFound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.CertificateType;

/**
 * Certificates of ACM. One is described only if its summary does not say all: more names, or a
 * private authority. The tags of one that was imported are never asked for: nobody made it here.
 */
final class CertificateReader {
  private final CertificateCalls acm;

  CertificateReader(Calls calls) {
    this.acm = new CertificateCalls(calls);
  }

  List<Observation> read(boolean tags) throws CallFailed, Halted, InterruptedException {
    var certificates = new ArrayList<Certificate>();
    for (var summary : acm.all()) {
      certificates.add(certificate(summary, tags ? Marks.among(tags(summary)) : Map.of()));
    }
    certificates.sort(Comparator.comparing(Certificate::arn));
    return List.of(new CertificatesSeen(certificates));
  }

  /** Those that carry a tag of one of the clusters. */
  List<ResourceFound> owned(List<String> clusters) throws CallFailed, Halted, InterruptedException {
    var found = new ArrayList<ResourceFound>();
    for (var summary : acm.all()) {
      var tags = tags(summary);
      if (Marks.cluster(tags).filter(clusters::contains).isPresent()) {
        var detail = acm.detail(summary.certificateArn(), Repeat.SAFE);
        var live = Certificates.live(detail, tags);
        found.add(new ResourceFound(live, tags, List.of(Aspect.CORE, Aspect.TAGS)));
      }
    }
    return found;
  }

  private Map<String, String> tags(CertificateSummary summary)
      throws CallFailed, Halted, InterruptedException {
    return summary.type() == CertificateType.IMPORTED
        ? Map.of()
        : acm.tags(summary.certificateArn(), Repeat.SAFE);
  }

  private Certificate certificate(CertificateSummary summary, Map<String, String> tags)
      throws CallFailed, Halted, InterruptedException {
    var more = Boolean.TRUE.equals(summary.hasAdditionalSubjectAlternativeNames());
    if (!more && summary.type() != CertificateType.PRIVATE) {
      return new Certificate(
          summary.certificateArn(),
          Certificates.names(summary.domainName(), summary.subjectAlternativeNameSummaries()),
          Text.of(summary.typeAsString()),
          Text.of(summary.statusAsString()),
          Optional.empty(),
          tags);
    }
    var detail = acm.detail(summary.certificateArn(), Repeat.SAFE);
    return new Certificate(
        detail.certificateArn(),
        Certificates.names(detail.domainName(), detail.subjectAlternativeNames()),
        Text.of(detail.typeAsString()),
        Text.of(detail.statusAsString()),
        Text.optional(detail.certificateAuthorityArn()),
        tags);
  }
}
