package dev.penstock.edges.aws;

import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.types.Certificates;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.Filters;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateRequest;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateResponse;

/** What ACM says of certificates, for those who read and for those who write. */
public final class CertificateCalls {
  private static final int PAGE = 1000;
  private static final int MOST_PAGES = 100;

  private final Calls calls;

  public CertificateCalls(Calls calls) {
    this.calls = calls;
  }

  /** All of them: left out, ACM would list keys of RSA 1024 and 2048 only (AWS API 1.4). */
  public List<CertificateSummary> all() throws CallFailed, Halted, InterruptedException {
    var all = new ArrayList<CertificateSummary>();
    @Nullable String token = null;
    for (var page = 0; page < MOST_PAGES; page++) {
      var request =
          ListCertificatesRequest.builder()
              .includes(Filters.builder().keyTypes(List.copyOf(KeyAlgorithm.knownValues())).build())
              .maxItems(PAGE)
              .nextToken(token)
              .build();
      var answer = calls.call(request, ListCertificatesResponse.class, Repeat.SAFE);
      all.addAll(answer.certificateSummaryList());
      token = answer.nextToken();
      if (Text.of(token).isEmpty()) {
        return all;
      }
    }
    throw new IllegalStateException("ACM answers more than " + MOST_PAGES + " pages");
  }

  public CertificateDetail detail(String arn, Repeat repeat)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeCertificateRequest.builder().certificateArn(arn).build();
    return calls.call(request, DescribeCertificateResponse.class, repeat).certificate();
  }

  public Map<String, String> tags(String arn, Repeat repeat)
      throws CallFailed, Halted, InterruptedException {
    var request = ListTagsForCertificateRequest.builder().certificateArn(arn).build();
    return Certificates.ofTags(
        calls.call(request, ListTagsForCertificateResponse.class, repeat).tags());
  }

  /** A certificate with its tags. */
  public LiveCertificate live(String arn) throws CallFailed, Halted, InterruptedException {
    return Certificates.live(detail(arn, Repeat.SAFE), tags(arn, Repeat.SAFE));
  }

  /** The certificate for that domain name with such tags, which cost a call for each candidate. */
  public Optional<LiveCertificate> find(String domain, Predicate<Map<String, String>> has)
      throws CallFailed, Halted, InterruptedException {
    for (var summary : all()) {
      var arn = summary.certificateArn();
      if (domain.equals(summary.domainName())) {
        var tags = tags(arn, Repeat.SAFE);
        if (has.test(tags)) {
          return Optional.of(Certificates.live(detail(arn, Repeat.SAFE), tags));
        }
      }
    }
    return Optional.empty();
  }
}
