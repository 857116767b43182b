package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.CertificateSpec.ValidationRecord;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.DomainValidation;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.acm.model.Tag;
import software.amazon.awssdk.services.acm.model.ValidationMethod;

/** Certificates of ACM: what is asked for, and what is there. */
public final class Certificates {
  private Certificates() {}

  /** Repeats with the same token ask for one certificate (AWS API 1.4). */
  public static RequestCertificateRequest request(CertificateSpec spec, String token) {
    return RequestCertificateRequest.builder()
        .domainName(spec.names().getFirst())
        .subjectAlternativeNames(spec.names())
        .validationMethod(ValidationMethod.DNS)
        .certificateAuthorityArn(spec.authorityArn().orElse(null))
        .idempotencyToken(token)
        .tags(tags(spec.tags()))
        .build();
  }

  public static LiveCertificate live(CertificateDetail detail, Map<String, String> tags) {
    var spec =
        new CertificateSpec(
            names(detail.domainName(), detail.subjectAlternativeNames()),
            Text.optional(detail.certificateAuthorityArn()),
            new TreeMap<>(tags));
    return new LiveCertificate(
        detail.certificateArn(),
        spec,
        Text.of(detail.statusAsString()),
        Text.of(detail.failureReasonAsString()),
        validation(detail.domainValidationOptions()),
        Optional.ofNullable(detail.createdAt()));
  }

  /** The domain name is one of the names. */
  public static List<String> names(@Nullable String domain, Collection<String> others) {
    var names = new TreeSet<>(others);
    Text.optional(domain).ifPresent(names::add);
    return List.copyOf(names);
  }

  private static List<ValidationRecord> validation(List<DomainValidation> options) {
    return options.stream()
        .filter(option -> option.validationMethod() == ValidationMethod.DNS)
        .map(DomainValidation::resourceRecord)
        .filter(Objects::nonNull)
        .map(record -> new ValidationRecord(Text.of(record.name()), Text.of(record.value())))
        .distinct()
        .sorted(Comparator.comparing(ValidationRecord::name))
        .toList();
  }

  public static List<Tag> tags(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  public static Map<String, String> ofTags(Collection<Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(tag -> map.put(tag.key(), Text.of(tag.value())));
    return map;
  }
}
