package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.ResourceRecord;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.wafv2.model.ResourceType;

/** WAF, Shield and requested certificates, as AWS promises them. */
@ParameterizedClass
@EnumSource(Face.class)
final class ProtectionContractTest extends CloudContract {
  private static final String ACL =
      "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/5c7ae0d0";

  ProtectionContractTest(Face face) {
    super(face);
  }

  @Test
  void aWebAclIsAssociatedOnceWafKnowsTheLoadBalancer() {
    var region = WorldSpec.RegionSpec.empty("us-west-2").withWebAcl("shop", ACL);
    aws.put(SandboxWorld.ACCOUNT, region);
    refused(
        "WAFNonexistentItemException",
        400,
        () -> wafv2.associateWebACL(r -> r.webACLArn(ACL).resourceArn("arn:aws:none")));
    var arn = loadBalancer("web");
    refused(
        "WAFUnavailableEntityException",
        400,
        () -> wafv2.associateWebACL(r -> r.webACLArn(ACL).resourceArn(arn)));
    clock.pass(Duration.ofSeconds(31));
    assertNull(wafv2.getWebACLForResource(r -> r.resourceArn(arn)).webACL());
    wafv2.associateWebACL(r -> r.webACLArn(ACL).resourceArn(arn));
    wafv2.associateWebACL(r -> r.webACLArn(ACL).resourceArn(arn));
    assertEquals("shop", wafv2.getWebACLForResource(r -> r.resourceArn(arn)).webACL().name());
    assertEquals(
        List.of(arn),
        wafv2
            .listResourcesForWebACL(
                r -> r.webACLArn(ACL).resourceType(ResourceType.APPLICATION_LOAD_BALANCER))
            .resourceArns());
    assertTrue(
        wafv2.listWebACLs(r -> r.scope("REGIONAL")).webACLs().stream()
            .anyMatch(acl -> acl.name().equals("shop") && acl.arn().equals(ACL)));
    wafv2.disassociateWebACL(r -> r.resourceArn(arn));
    wafv2.disassociateWebACL(r -> r.resourceArn(arn));
  }

  @Test
  void shieldNeedsASubscription() {
    var other = Caller.of("222233334444", SandboxWorld.REGION, "tester");
    var without = aws.client(ShieldClient.class, other);
    assertEquals("INACTIVE", without.getSubscriptionState().subscriptionStateAsString());
    refused(
        "ResourceNotFoundException",
        400,
        () -> without.createProtection(r -> r.name("web").resourceArn("arn:aws:x")));
  }

  @Test
  void shieldProtectsAResourceOnce() {
    assertEquals("ACTIVE", shield.getSubscriptionState().subscriptionStateAsString());
    refused(
        "ResourceNotFoundException",
        400,
        () -> shield.describeProtection(r -> r.resourceArn("arn:aws:x")));
    var id = shield.createProtection(r -> r.name("web").resourceArn("arn:aws:x")).protectionId();
    refused(
        "ResourceAlreadyExistsException",
        400,
        () -> shield.createProtection(r -> r.name("again").resourceArn("arn:aws:x")));
    assertEquals(id, shield.describeProtection(r -> r.resourceArn("arn:aws:x")).protection().id());
    shield.deleteProtection(r -> r.protectionId(id));
    refused(
        "ResourceNotFoundException", 400, () -> shield.deleteProtection(r -> r.protectionId(id)));
  }

  @Test
  void aRequestedCertificateIsIssuedWhenItsRecordIsInDns() {
    var arn =
        acm.requestCertificate(r -> r.domainName("new.example.com").idempotencyToken("t"))
            .certificateArn();
    assertEquals(
        arn,
        acm.requestCertificate(r -> r.domainName("new.example.com").idempotencyToken("t"))
            .certificateArn());
    var fresh = acm.describeCertificate(r -> r.certificateArn(arn)).certificate();
    assertNull(fresh.domainValidationOptions().getFirst().resourceRecord());
    clock.pass(Duration.ofMinutes(2));
    var pending = acm.describeCertificate(r -> r.certificateArn(arn)).certificate();
    assertEquals(CertificateStatus.PENDING_VALIDATION, pending.status());
    var record = pending.domainValidationOptions().getFirst().resourceRecord();
    write("CREATE", record);
    assertEquals(CertificateStatus.ISSUED, certificate(arn).status());
    write("DELETE", record);
    assertEquals(CertificateStatus.ISSUED, certificate(arn).status(), "once and for all");
  }

  @Test
  void anAccountHasTheSameRecordForANameAndItsWildcard() {
    var one = requested("*.example.com");
    var other = requested("example.com");
    clock.pass(Duration.ofMinutes(2));
    assertEquals(
        certificate(one).domainValidationOptions().getFirst().resourceRecord(),
        certificate(other).domainValidationOptions().getFirst().resourceRecord());
  }

  @Test
  void aPrivateCertificateNeedsNoRecord() {
    var arn =
        acm.requestCertificate(
                r -> r.domainName("new.example.com").certificateAuthorityArn("arn:aws:acm-pca:ca"))
            .certificateArn();
    clock.pass(Duration.ofMinutes(2));
    assertEquals(CertificateStatus.ISSUED, certificate(arn).status());
    assertEquals("PRIVATE", certificate(arn).typeAsString());
  }

  @Test
  void tagsOfACertificateComeAndGo() {
    var arn = requested("new.example.com");
    acm.addTagsToCertificate(r -> r.certificateArn(arn).tags(t -> t.key("team").value("a")));
    acm.removeTagsFromCertificate(r -> r.certificateArn(arn).tags(t -> t.key("team").value("b")));
    assertEquals(1, acm.listTagsForCertificate(r -> r.certificateArn(arn)).tags().size());
    acm.removeTagsFromCertificate(r -> r.certificateArn(arn).tags(t -> t.key("team").value("a")));
    assertEquals(List.of(), acm.listTagsForCertificate(r -> r.certificateArn(arn)).tags());
    acm.deleteCertificate(r -> r.certificateArn(arn));
    refused(
        "ResourceNotFoundException", 400, () -> acm.deleteCertificate(r -> r.certificateArn(arn)));
  }

  private String requested(String name) {
    return acm.requestCertificate(r -> r.domainName(name)).certificateArn();
  }

  private CertificateDetail certificate(String arn) {
    return acm.describeCertificate(r -> r.certificateArn(arn)).certificate();
  }

  private void write(String action, ResourceRecord record) {
    route53.changeResourceRecordSets(r ->
        r.hostedZoneId(SandboxWorld.ZONE_ID)
            .changeBatch(b ->
                b.changes(c ->
                    c.action(action)
                        .resourceRecordSet(s ->
                            s.name(record.name())
                                .type("CNAME")
                                .ttl(60L)
                                .resourceRecords(v -> v.value(record.value()))))));
  }
}
