package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Route 53, as AWS promises it. */
@ParameterizedClass
@EnumSource(Face.class)
final class RecordContractTest extends CloudContract {
  RecordContractTest(Face face) {
    super(face);
  }

  @Test
  void recordBatchesAreAtomicAndPendingForAWhile() {
    var info = change(create("a.example.com", "A", "192.0.2.1")).changeInfo();
    assertEquals(ChangeStatus.PENDING, info.status());
    clock.pass(Duration.ofSeconds(31));
    assertEquals(
        ChangeStatus.INSYNC, route53.getChange(r -> r.id(info.id())).changeInfo().status());
    assertThrows(
        InvalidChangeBatchException.class,
        () ->
            change(
                create("b.example.com", "A", "192.0.2.1"),
                create("a.example.com", "A", "192.0.2.2")));
    assertEquals(3, records().size());
    change(
        change(ChangeAction.DELETE, "a.example.com", "A", "192.0.2.1"),
        create("a.example.com", "CNAME", "b.example.com"));
    assertEquals("CNAME", records().getLast().typeAsString());
    assertThrows(
        InvalidChangeBatchException.class, () -> change(create("a.example.com", "TXT", "\"x\"")));
    assertThrows(
        InvalidChangeBatchException.class, () -> change(create("a.example.org", "A", "192.0.2.1")));
  }

  @Test
  void namesComeBackInOctalAndAliasesMustMatchTheirZone() {
    change(create("*.Example.com", "A", "192.0.2.1"));
    assertEquals("\\052.example.com.", records().getLast().name());
    var dns =
        elb.createLoadBalancer(r -> r.name("web").subnets("subnet-public-a", "subnet-public-b"))
            .loadBalancers()
            .getFirst()
            .dnsName();
    assertThrows(InvalidChangeBatchException.class, () -> change(alias(dns, "Z18D5FSROUN65G")));
    change(alias(dns, "Z1H1FL5HABSF5"));
    assertNotEquals(0, records().size());
  }

  private static Change alias(String dns, String zone) {
    return Change.builder()
        .action(ChangeAction.CREATE)
        .resourceRecordSet(r ->
            r.name("web.example.com")
                .type(RRType.A)
                .aliasTarget(a -> a.dnsName(dns).hostedZoneId(zone).evaluateTargetHealth(true)))
        .build();
  }

  private List<ResourceRecordSet> records() {
    return route53
        .listResourceRecordSets(r -> r.hostedZoneId(SandboxWorld.ZONE_ID))
        .resourceRecordSets();
  }

  private software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse change(
      Change... changes) {
    return route53.changeResourceRecordSets(
        r -> r.hostedZoneId(SandboxWorld.ZONE_ID).changeBatch(b -> b.changes(changes)));
  }

  private static Change create(String name, String type, String value) {
    return change(ChangeAction.CREATE, name, type, value);
  }

  private static Change change(ChangeAction action, String name, String type, String value) {
    return Change.builder()
        .action(action)
        .resourceRecordSet(r ->
            r.name(name)
                .type(type)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value(value).build()))
        .build();
  }

  @Test
  void zonesAreListedByNameAndTagged() {
    assertEquals(
        List.of("/hostedzone/" + SandboxWorld.ZONE_ID),
        route53.listHostedZonesByName(r -> r.dnsName("com")).hostedZones().stream()
            .map(zone -> zone.id().startsWith("/") ? zone.id() : "/hostedzone/" + zone.id())
            .toList());
    route53.changeTagsForResource(r ->
        r.resourceType("hostedzone")
            .resourceId(SandboxWorld.ZONE_ID)
            .addTags(t -> t.key("team").value("a")));
    assertEquals(
        "a",
        route53
            .listTagsForResources(
                r -> r.resourceType("hostedzone").resourceIds(SandboxWorld.ZONE_ID))
            .resourceTagSets()
            .getFirst()
            .tags()
            .getFirst()
            .value());
    refused("NoSuchHostedZone", 404, () -> route53.getHostedZone(r -> r.id("ZNONE")));
    refused(
        "HostedZoneAlreadyExists",
        409,
        () ->
            route53.createHostedZone(
                r -> r.name("other.org").callerReference(SandboxWorld.ZONE_ID)));
  }
}
