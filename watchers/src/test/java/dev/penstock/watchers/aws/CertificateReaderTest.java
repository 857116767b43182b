package dev.penstock.watchers.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.edges.aws.types.Certificates;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.CertificatesSeen;
import dev.penstock.schemas.event.Observation.ResourceFound;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;

/**
 * Certificates of ACM as the reader tells of them: by id, by their marks, and all of an account.
 */
class CertificateReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final StackId STACK = new StackId("blue", StackKind.INGRESS, "web");

  private final AwsSimulator aws =
      AwsSimulator.create(
          WorldSpec.sandbox("blue"), Settings.easy(), TargetProbe.alwaysHealthy(), () -> NOW, 7);
  private final Caller caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "test");
  private final AcmClient acm = aws.client(AcmClient.class, caller);
  private final InProcessCalls calls = new InProcessCalls(aws, caller);

  private List<Observation> read(ResourceKind kind, Reading reading) throws Exception {
    return new Readers().read(new ResourceKey(STACK, kind, "x"), reading, calls);
  }

  private static Map<String, String> marks(String cluster, String resource) {
    return Map.of(
        "elbv2.k8s.aws/cluster",
        cluster,
        "ingress.k8s.aws/stack",
        "web",
        "ingress.k8s.aws/resource",
        resource,
        "team",
        "edge");
  }

  private static Reading byId(String id) {
    return new Reading.ReadResource(Optional.of(id), Optional.empty(), List.of());
  }

  private static Reading byName(String name) {
    return new Reading.ReadResource(Optional.empty(), Optional.of(name), List.of());
  }

  @Test
  void aCertificateIsReadByItsMarksAmongThoseOfItsDomain() throws Exception {
    certificate("shop.example.com", marks("green", "x"));
    var ours = certificate("shop.example.com", marks("blue", "x"));
    certificate("other.example.com", marks("blue", "x"));

    var byName = read(ResourceKind.CERTIFICATE, byName("blue/shop.example.com"));
    assertEquals(ours, assertInstanceOf(ResourcePresent.class, byName.getFirst()).live().id());
    var byId = read(ResourceKind.CERTIFICATE, byId(ours));
    assertEquals(byName, byId);
    var none = read(ResourceKind.CERTIFICATE, byName("red/shop.example.com"));
    assertInstanceOf(ResourceMissing.class, none.getFirst());
  }

  @Test
  void certificatesAreFoundAndTheirTagsReadOnlyWhenThatIsAskedFor() throws Exception {
    var ours = certificate("shop.example.com", marks("blue", "c"));
    certificate("shop.example.com", marks("green", "c"));

    var found = read(ResourceKind.INVENTORY, new Reading.ReadOwned(List.of("blue"), true));
    assertEquals(
        List.of(ours),
        found.stream()
            .filter(ResourceFound.class::isInstance)
            .map(o -> ((ResourceFound) o).live().id())
            .toList());
    var tagged = read(ResourceKind.INVENTORY, new Reading.ReadCertificates(true));
    var plain = read(ResourceKind.INVENTORY, new Reading.ReadCertificates(false));
    assertEquals(2, marked(tagged));
    assertEquals(0, marked(plain));
  }

  private static long marked(List<Observation> seen) {
    return assertInstanceOf(CertificatesSeen.class, seen.getFirst()).certificates().stream()
        .filter(certificate -> certificate.tags().size() == 3)
        .count();
  }

  private String certificate(String domain, Map<String, String> tags) {
    return acm.requestCertificate(r -> r.domainName(domain).tags(Certificates.tags(tags)))
        .certificateArn();
  }
}
