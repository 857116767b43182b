package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.CertificatesSeen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.CertificateType;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.Filters;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;

/**
 * Certificates of ACM. All key types are asked for: left out, ACM lists RSA 1024 and 2048 only (AWS
 * API 1.4). One is described only if its summary does not say all: more names, or a private
 * authority.
 */
final class CertificateReader {
  private static final int PAGE = 1000;

  private final Calls calls;

  CertificateReader(Calls calls) {
    this.calls = calls;
  }

  List<Observation> read() throws CallFailed, Halted, InterruptedException {
    var request =
        ListCertificatesRequest.builder()
            .includes(Filters.builder().keyTypes(List.copyOf(KeyAlgorithm.knownValues())).build())
            .maxItems(PAGE)
            .build();
    List<CertificateSummary> all =
        Pages.all(token -> {
          var answer =
              calls.call(
                  request.toBuilder().nextToken(token).build(),
                  ListCertificatesResponse.class,
                  Repeat.SAFE);
          return Pages.Page.of(answer.certificateSummaryList(), answer.nextToken());
        });
    var certificates = new ArrayList<Certificate>();
    for (var summary : all) {
      certificates.add(certificate(summary));
    }
    certificates.sort(Comparator.comparing(Certificate::arn));
    return List.of(new CertificatesSeen(certificates));
  }

  private Certificate certificate(CertificateSummary summary)
      throws CallFailed, Halted, InterruptedException {
    var more = Boolean.TRUE.equals(summary.hasAdditionalSubjectAlternativeNames());
    if (!more && summary.type() != CertificateType.PRIVATE) {
      return new Certificate(
          summary.certificateArn(),
          names(summary.domainName(), summary.subjectAlternativeNameSummaries()),
          Text.of(summary.typeAsString()),
          Text.of(summary.statusAsString()),
          Optional.empty());
    }
    var request =
        DescribeCertificateRequest.builder().certificateArn(summary.certificateArn()).build();
    var detail = calls.call(request, DescribeCertificateResponse.class, Repeat.SAFE).certificate();
    return new Certificate(
        detail.certificateArn(),
        names(detail.domainName(), detail.subjectAlternativeNames()),
        Text.of(detail.typeAsString()),
        Text.of(detail.statusAsString()),
        Text.optional(detail.certificateAuthorityArn()));
  }

  private static List<String> names(@Nullable String domain, Collection<String> others) {
    var names = new TreeSet<>(others);
    Text.optional(domain).ifPresent(names::add);
    return List.copyOf(names);
  }
}
