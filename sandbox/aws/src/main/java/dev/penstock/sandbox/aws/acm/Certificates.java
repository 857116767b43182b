package dev.penstock.sandbox.aws.acm;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.CertificateRow;
import dev.penstock.sandbox.aws.engine.Turn;
import dev.penstock.sandbox.aws.route53.RecordSets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateRequest;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateResponse;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.acm.model.DeleteCertificateResponse;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.DomainStatus;
import software.amazon.awssdk.services.acm.model.DomainValidation;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateRequest;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateResponse;
import software.amazon.awssdk.services.acm.model.RecordType;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateRequest;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateResponse;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.acm.model.RequestCertificateResponse;
import software.amazon.awssdk.services.acm.model.ResourceRecord;
import software.amazon.awssdk.services.acm.model.Tag;

/** ACM certificates: validation records and the issue of a requested one take their time. */
public final class Certificates implements Operations.Family {
  private static final Set<String> DEFAULT_KEY_TYPES = Set.of("RSA_1024", "RSA_2048");
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final int LARGEST_PAGE = 1000;

  @Override
  public void register(Operations operations) {
    operations.on(ListCertificatesRequest.class, this::list);
    operations.on(DescribeCertificateRequest.class, this::describe);
    operations.on(RequestCertificateRequest.class, this::request);
    operations.on(DeleteCertificateRequest.class, this::delete);
    operations.on(ListTagsForCertificateRequest.class, this::listTags);
    operations.on(AddTagsToCertificateRequest.class, this::addTags);
    operations.on(RemoveTagsFromCertificateRequest.class, this::removeTags);
  }

  private SdkResponse list(Turn turn, ListCertificatesRequest request) {
    var statuses = request.certificateStatusesAsStrings();
    var asked =
        request.includes() == null ? List.<String>of() : request.includes().keyTypesAsStrings();
    var keyTypes = asked.isEmpty() ? DEFAULT_KEY_TYPES : Set.copyOf(asked);
    var rows =
        turn.region().certificates.all().stream()
            .map(row -> shown(turn, row))
            .filter(model -> statuses.isEmpty() || statuses.contains(model.statusAsString()))
            .filter(model -> keyTypes.contains(model.keyAlgorithmAsString().replace("-", "_")))
            .toList();
    var size =
        request.maxItems() == null ? LARGEST_PAGE : Math.min(LARGEST_PAGE, request.maxItems());
    var page = Pages.of(rows, CertificateDetail::certificateArn, request.nextToken(), size);
    return ListCertificatesResponse.builder()
        .certificateSummaryList(page.items().stream().map(Certificates::summary).toList())
        .nextToken(page.next())
        .build();
  }

  private static CertificateSummary summary(CertificateDetail model) {
    var names = model.subjectAlternativeNames();
    return CertificateSummary.builder()
        .certificateArn(model.certificateArn())
        .domainName(model.domainName())
        .subjectAlternativeNameSummaries(names.subList(0, Math.min(100, names.size())))
        .hasAdditionalSubjectAlternativeNames(names.size() > 100)
        .status(model.statusAsString())
        .type(model.typeAsString())
        .keyAlgorithm(model.keyAlgorithmAsString())
        .inUse(!model.inUseBy().isEmpty())
        .createdAt(model.createdAt())
        .issuedAt(model.issuedAt())
        .importedAt(model.importedAt())
        .notBefore(model.notBefore())
        .notAfter(model.notAfter())
        .build();
  }

  private SdkResponse describe(Turn turn, DescribeCertificateRequest request) {
    return DescribeCertificateResponse.builder()
        .certificate(shown(turn, find(turn, request.certificateArn())))
        .build();
  }

  private static CertificateRow find(Turn turn, String arn) {
    if (arn == null || !arn.matches("arn:[\\w-]+:acm:[\\w-]*:\\d{12}:certificate/[\\w-]+")) {
      throw AwsError.refused("InvalidArnException", "Invalid ARN: " + arn);
    }
    return turn.region()
        .certificates
        .find(arn)
        .orElseThrow(() ->
            AwsError.refused(
                "ResourceNotFoundException", "Could not find certificate " + arn + "."));
  }

  /** Whether listeners may use the certificate now. */
  public static boolean issued(Turn turn, CertificateRow row) {
    return shown(turn, row).status() == CertificateStatus.ISSUED;
  }

  /** A requested certificate is issued once its records are in DNS, a private one by itself. */
  private static boolean validated(Turn turn, CertificateDetail model) {
    var since = model.createdAt().plus(turn.times().scale(turn.times().certificateIssue()));
    return !since.isAfter(turn.now())
        && model.domainValidationOptions().stream()
            .map(DomainValidation::resourceRecord)
            .allMatch(record -> RecordSets.exists(turn, record.name(), "CNAME"));
  }

  /** The certificate as it is now: validated, issued, used by load balancers. */
  private static CertificateDetail shown(Turn turn, CertificateRow row) {
    var model = current(turn, row);
    var users = users(turn, model.certificateArn());
    var early =
        model.status() == CertificateStatus.PENDING_VALIDATION
            && row.recordsAt().isAfter(turn.now());
    var options = model.domainValidationOptions();
    return model.toBuilder()
        .inUseBy(users)
        .domainValidationOptions(
            early ? options.stream().map(Certificates::withoutRecord).toList() : options)
        .build();
  }

  /** What was issued once stays so, whatever becomes of its records. */
  private static CertificateDetail current(Turn turn, CertificateRow row) {
    var model = row.model();
    if (model.status() != CertificateStatus.PENDING_VALIDATION || !validated(turn, model)) {
      return model;
    }
    var issued = model.toBuilder().status(CertificateStatus.ISSUED).issuedAt(turn.now()).build();
    turn.region()
        .certificates
        .put(
            model.certificateArn(),
            new CertificateRow(issued, row.tags(), row.token(), row.recordsAt()));
    return issued;
  }

  private static DomainValidation withoutRecord(DomainValidation option) {
    return option.toBuilder().resourceRecord((ResourceRecord) null).build();
  }

  private static List<String> users(Turn turn, String arn) {
    var users = new LinkedHashSet<String>();
    for (var listener : turn.region().listeners.all()) {
      var uses =
          listener.sniCertificates().contains(arn)
              || listener.model().certificates().stream()
                  .anyMatch(certificate -> arn.equals(certificate.certificateArn()));
      if (uses) {
        users.add(listener.loadBalancerArn());
      }
    }
    return List.copyOf(users);
  }

  private SdkResponse request(Turn turn, RequestCertificateRequest request) {
    var token = request.idempotencyToken() == null ? "" : request.idempotencyToken();
    for (var row : turn.region().certificates.all()) {
      var fresh =
          row.model().createdAt() != null
              && row.model().createdAt().plus(TOKEN_LIFE).isAfter(turn.now());
      if (!token.isEmpty() && token.equals(row.token()) && fresh) {
        return RequestCertificateResponse.builder()
            .certificateArn(row.model().certificateArn())
            .build();
      }
    }
    var arn = turn.region().arn("acm", "certificate/" + turn.ids().uuid());
    var names = new LinkedHashSet<String>();
    names.add(request.domainName());
    names.addAll(request.subjectAlternativeNames());
    var isPrivate = request.certificateAuthorityArn() != null;
    var model =
        CertificateDetail.builder()
            .certificateArn(arn)
            .domainName(request.domainName())
            .subjectAlternativeNames(names)
            .status(CertificateStatus.PENDING_VALIDATION)
            .type(isPrivate ? "PRIVATE" : "AMAZON_ISSUED")
            .keyAlgorithm(
                request.keyAlgorithmAsString() == null
                    ? "RSA_2048"
                    : request.keyAlgorithmAsString())
            .certificateAuthorityArn(request.certificateAuthorityArn())
            .createdAt(turn.now())
            .domainValidationOptions(
                isPrivate ? List.of() : names.stream().map(name -> validation(turn, name)).toList())
            .build();
    var tags = new LinkedHashMap<String, String>();
    request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    var records = turn.now().plus(turn.times().scale(turn.times().certificateRecords()));
    turn.region().certificates.put(arn, new CertificateRow(model, tags, token, records));
    return RequestCertificateResponse.builder().certificateArn(arn).build();
  }

  /** An account has the same record for a name and for its wildcard, in every Region. */
  private static DomainValidation validation(Turn turn, String name) {
    var bare = name.startsWith("*.") ? name.substring(2) : name;
    var whose = turn.account().id + "/" + bare;
    return DomainValidation.builder()
        .domainName(name)
        .validationDomain(name)
        .validationStatus(DomainStatus.PENDING_VALIDATION)
        .validationMethod("DNS")
        .resourceRecord(
            ResourceRecord.builder()
                .name("_" + hex("name of " + whose) + "." + bare + ".")
                .type(RecordType.CNAME)
                .value("_" + hex("value of " + whose) + ".acm-validations.aws.")
                .build())
        .build();
  }

  private static String hex(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private SdkResponse delete(Turn turn, DeleteCertificateRequest request) {
    var row = find(turn, request.certificateArn());
    if (!users(turn, row.model().certificateArn()).isEmpty()) {
      throw AwsError.refused(
          "ResourceInUseException", "Certificate " + row.model().certificateArn() + " is in use");
    }
    turn.region().certificates.remove(row.model().certificateArn());
    return DeleteCertificateResponse.builder().build();
  }

  private SdkResponse listTags(Turn turn, ListTagsForCertificateRequest request) {
    var tags = new ArrayList<Tag>();
    find(turn, request.certificateArn())
        .tags()
        .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
    return ListTagsForCertificateResponse.builder().tags(tags).build();
  }

  private SdkResponse addTags(Turn turn, AddTagsToCertificateRequest request) {
    var row = find(turn, request.certificateArn());
    var tags = new LinkedHashMap<>(row.tags());
    request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    retag(turn, row, tags);
    return AddTagsToCertificateResponse.builder().build();
  }

  /** A tag with a value goes only if it has that value. */
  private SdkResponse removeTags(Turn turn, RemoveTagsFromCertificateRequest request) {
    var row = find(turn, request.certificateArn());
    var tags = new LinkedHashMap<>(row.tags());
    for (var tag : request.tags()) {
      if (tag.value() == null) {
        tags.remove(tag.key());
      } else {
        tags.remove(tag.key(), tag.value());
      }
    }
    retag(turn, row, tags);
    return RemoveTagsFromCertificateResponse.builder().build();
  }

  private static void retag(Turn turn, CertificateRow row, Map<String, String> tags) {
    turn.region()
        .certificates
        .put(
            row.model().certificateArn(),
            new CertificateRow(row.model(), tags, row.token(), row.recordsAt()));
  }
}
