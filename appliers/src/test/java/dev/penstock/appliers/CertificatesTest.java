package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.DeleteCertificateResponse;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateResponse;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateRequest;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateResponse;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.acm.model.RequestCertificateResponse;
import software.amazon.awssdk.services.acm.model.Tag;

/** Certificates that ACM is asked for: once, whatever became of the answer. */
class CertificatesTest {
  private static final String ARN = "arn:aws:acm:us-west-2:111122223333:certificate/1";
  private static final Map<String, String> TAGS =
      Map.of(
          "elbv2.k8s.aws/cluster", "blue",
          "ingress.k8s.aws/stack", "apps/shop",
          "ingress.k8s.aws/resource", "amazon_issued/a.example.com-1");
  private static final CertificateSpec SPEC =
      new CertificateSpec(List.of("a.example.com", "b.example.com"), Optional.empty(), TAGS);

  private final Bench bench = new Bench();

  private CommandSettled write(Operation operation) {
    return bench.write(ResourceKind.CERTIFICATE, "amazon_issued/a.example.com-1", operation);
  }

  /** What ACM has: one certificate for that domain name, with these tags. */
  private void there(String domain, Map<String, String> tags) {
    var summary = CertificateSummary.builder().certificateArn(ARN).domainName(domain).build();
    bench.cloud.on(
        "ListCertificates",
        ListCertificatesResponse.builder().certificateSummaryList(summary).build());
    var all =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    bench.cloud.on(
        "ListTagsForCertificate", ListTagsForCertificateResponse.builder().tags(all).build());
    var detail =
        CertificateDetail.builder()
            .certificateArn(ARN)
            .domainName("a.example.com")
            .subjectAlternativeNames(SPEC.names())
            .status("PENDING_VALIDATION")
            .build();
    bench.cloud.on(
        "DescribeCertificate", DescribeCertificateResponse.builder().certificate(detail).build());
    bench.cloud.on(
        "RequestCertificate", RequestCertificateResponse.builder().certificateArn(ARN).build());
  }

  private static LiveCertificate live(Map<String, String> tags) {
    var spec = new CertificateSpec(SPEC.names(), SPEC.authorityArn(), tags);
    return new LiveCertificate(ARN, spec, "ISSUED", "", List.of(), Optional.empty());
  }

  @Test
  void itIsAskedForWithATokenOfTheCommand() {
    there("other.example.com", Map.of());

    var settled = write(new Operation.Create(SPEC));

    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(ARN, Bench.seen(settled, ResourcePresent.class).live().id());
    var request = bench.cloud.requests(RequestCertificateRequest.class).getFirst();
    assertEquals("a.example.com", request.domainName());
    assertEquals(SPEC.names(), request.subjectAlternativeNames());
    assertEquals(true, settled.commandId().startsWith(request.idempotencyToken()));
    assertEquals(
        List.of("ListCertificates", "RequestCertificate", "DescribeCertificate"),
        bench.cloud.operations());
  }

  @Test
  void oneWithOurMarksIsRecognised() {
    there("a.example.com", TAGS);

    var settled = write(new Operation.Create(SPEC));

    assertEquals(live(TAGS).spec(), Bench.seen(settled, ResourcePresent.class).live().spec());
    assertEquals(List.of(), bench.cloud.requests(RequestCertificateRequest.class));
  }

  @Test
  void oneOfAnotherClusterIsLeftAlone() {
    var theirs = new TreeMap<>(TAGS);
    theirs.put("elbv2.k8s.aws/cluster", "green");
    there("a.example.com", theirs);

    write(new Operation.Create(SPEC));

    assertEquals(1, bench.cloud.requests(RequestCertificateRequest.class).size());
  }

  @Test
  void aTagGoesWithItsValue() {
    bench.cloud.on(
        "RemoveTagsFromCertificate", RemoveTagsFromCertificateResponse.builder().build());
    var tagged = new TreeMap<>(TAGS);
    tagged.put("team", "edge");

    write(new Operation.Update(live(tagged), SPEC, List.of(Aspect.TAGS)));

    var request = bench.cloud.requests(RemoveTagsFromCertificateRequest.class).getFirst();
    assertEquals(List.of(Tag.builder().key("team").value("edge").build()), request.tags());
  }

  @Test
  void oneThatIsGoneCountsAsDeletedAndOneInUseIsNotAskedTwice() {
    bench.cloud.on(
        "DeleteCertificate",
        ScriptedCloud.refuse("ResourceInUseException"),
        ScriptedCloud.refuse("ResourceNotFoundException"),
        _ -> DeleteCertificateResponse.builder().build());

    var used = write(new Operation.Delete(live(TAGS)));
    assertInstanceOf(Result.Deferred.class, used.result());
    var gone = write(new Operation.Delete(live(TAGS)));
    Bench.seen(gone, ResourceMissing.class);

    assertEquals(2, bench.cloud.operations().size());
  }
}
