package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;

/** Load balancers, listeners and their certificates, as AWS promises them. */
@ParameterizedClass
@EnumSource(Face.class)
final class LoadBalancerContractTest extends CloudContract {
  LoadBalancerContractTest(Face face) {
    super(face);
  }

  @Test
  void aLoadBalancerIsProvisioningThenActive() {
    var made =
        elb.createLoadBalancer(r -> r.name("web").subnets("subnet-public-a", "subnet-public-b"))
            .loadBalancers()
            .getFirst();
    assertEquals(LoadBalancerStateEnum.PROVISIONING, made.state().code());
    assertEquals("Z1H1FL5HABSF5", made.canonicalHostedZoneId());
    assertTrue(made.dnsName().matches("web-\\d+\\.us-west-2\\.elb\\.amazonaws\\.com"));
    assertEquals(clock.instant(), made.createdTime());
    clock.pass(Duration.ofMinutes(3));
    var seen = elb.describeLoadBalancers(r -> r.names("web")).loadBalancers().getFirst();
    assertEquals(LoadBalancerStateEnum.ACTIVE, seen.state().code());
    assertEquals(made.toBuilder().state(seen.state()).build(), seen);
  }

  @Test
  void aRepeatedCreateAdoptsAndADifferentOneIsADuplicate() {
    var first = loadBalancer("web");
    assertEquals(first, loadBalancer("web"));
    refused(
        "DuplicateLoadBalancerName",
        400,
        () ->
            elb.createLoadBalancer(r ->
                r.name("web").scheme("internal").subnets("subnet-private-a", "subnet-private-b")));
    var group = targetGroup("web");
    assertEquals(group, targetGroup("web"));
    refused(
        "DuplicateTargetGroupName",
        400,
        () ->
            elb.createTargetGroup(
                r -> r.name("web").protocol("HTTP").port(81).vpcId(SandboxWorld.VPC)));
    var listener = listener(first, 80);
    assertEquals(listener, listener(first, 80));
    refused(
        "DuplicateListener",
        400,
        () ->
            elb.createListener(r ->
                r.loadBalancerArn(first).protocol("HTTP").port(80).defaultActions(forward(group))));
  }

  @Test
  void namesAndSubnetsAreChecked() {
    for (var name : List.of("internal-web", "-web", "web_1", "a".repeat(33))) {
      refused(
          "ValidationError",
          400,
          () -> elb.createLoadBalancer(r -> r.name(name).subnets("subnet-public-a")));
    }
    refused(
        "ValidationError",
        400,
        () -> elb.createLoadBalancer(r -> r.name("web").subnets("subnet-public-a")));
    refused(
        "SubnetNotFound",
        400,
        () -> elb.createLoadBalancer(r -> r.name("web").subnets("subnet-public-a", "subnet-x")));
    refused(
        "InvalidSecurityGroup",
        400,
        () ->
            elb.createLoadBalancer(r ->
                r.name("web")
                    .subnets("subnet-public-a", "subnet-public-b")
                    .securityGroups("sg-none")));
  }

  @Test
  void oneUnknownArnFailsTheWholeDescribe() {
    var known = loadBalancer("web");
    var unknown = known.replace("/web/", "/other/");
    assertThrows(
        LoadBalancerNotFoundException.class,
        () -> elb.describeLoadBalancers(r -> r.loadBalancerArns(known, unknown)));
    refused(
        "LoadBalancerNotFound", 400, () -> elb.describeTags(r -> r.resourceArns(known, unknown)));
    refused("TargetGroupNotFound", 400, () -> elb.describeTargetGroups(r -> r.names("none")));
  }

  @Test
  void secureListenersNeedACertificateThatExists() {
    var loadBalancer = loadBalancer("web");
    refused(
        "ValidationError",
        400,
        () ->
            elb.createListener(r ->
                r.loadBalancerArn(loadBalancer)
                    .protocol("HTTPS")
                    .port(443)
                    .defaultActions(fixed())));
    refused(
        "CertificateNotFound",
        400,
        () ->
            elb.createListener(r ->
                r.loadBalancerArn(loadBalancer)
                    .protocol("HTTPS")
                    .port(443)
                    .certificates(c -> c.certificateArn(CERTIFICATE + "-2"))
                    .defaultActions(fixed())));
    var listener =
        elb.createListener(r ->
                r.loadBalancerArn(loadBalancer)
                    .protocol("HTTPS")
                    .port(443)
                    .certificates(c -> c.certificateArn(CERTIFICATE))
                    .defaultActions(fixed()))
            .listeners()
            .getFirst();
    assertEquals("ELBSecurityPolicy-2016-08", listener.sslPolicy());
    elb.addListenerCertificates(r ->
        r.listenerArn(listener.listenerArn()).certificates(c -> c.certificateArn(CERTIFICATE)));
    var held =
        elb.describeListenerCertificates(r -> r.listenerArn(listener.listenerArn())).certificates();
    assertEquals(List.of(true, false), held.stream().map(c -> c.isDefault()).toList());
    assertTrue(
        acm.describeCertificate(r -> r.certificateArn(CERTIFICATE))
            .certificate()
            .inUseBy()
            .contains(loadBalancer));
    refused(
        "ResourceInUseException",
        400,
        () -> acm.deleteCertificate(r -> r.certificateArn(CERTIFICATE)));
  }

  @Test
  void deletionIsProtectedCascadesAndLeavesInterfaces() {
    var arn = loadBalancer("web");
    var listener = listener(arn, 80);
    elb.modifyLoadBalancerAttributes(r ->
        r.loadBalancerArn(arn).attributes(a -> a.key("deletion_protection.enabled").value("true")));
    refused(
        "OperationNotPermitted", 400, () -> elb.deleteLoadBalancer(r -> r.loadBalancerArn(arn)));
    elb.modifyLoadBalancerAttributes(r ->
        r.loadBalancerArn(arn)
            .attributes(a -> a.key("deletion_protection.enabled").value("false")));
    elb.deleteLoadBalancer(r -> r.loadBalancerArn(arn));
    elb.deleteLoadBalancer(r -> r.loadBalancerArn(arn));
    refused("ListenerNotFound", 400, () -> elb.describeListeners(r -> r.listenerArns(listener)));
  }

  @Test
  void unknownAttributesAreRefused() {
    var arn = loadBalancer("web");
    refused(
        "ValidationError",
        400,
        () ->
            elb.modifyLoadBalancerAttributes(
                r -> r.loadBalancerArn(arn).attributes(a -> a.key("no.such.key").value("1"))));
    refused(
        "InvalidConfigurationRequest",
        400,
        () ->
            elb.modifyLoadBalancerAttributes(r ->
                r.loadBalancerArn(arn)
                    .attributes(a ->
                        a.key("dns_record.client_routing_policy").value("any_availability_zone"))));
  }

  @Test
  void tagsAreAddedRemovedAndLimitedToTwentyArns() {
    var arn = loadBalancer("web");
    elb.addTags(
        r -> r.resourceArns(arn).tags(t -> t.key("team").value("a"), t -> t.key("x").value("")));
    elb.removeTags(r -> r.resourceArns(arn).tagKeys("x", "unknown"));
    var tags = elb.describeTags(r -> r.resourceArns(arn)).tagDescriptions().getFirst().tags();
    assertEquals(List.of("team"), tags.stream().map(t -> t.key()).toList());
    var many = java.util.Collections.nCopies(21, arn);
    refused("ValidationError", 400, () -> elb.describeTags(r -> r.resourceArns(many)));
  }

  @Test
  void pagesFollowTheMarker() {
    for (int i = 0; i < 5; i++) {
      targetGroup("tg-" + i);
    }
    var names =
        elb.describeTargetGroupsPaginator(r -> r.pageSize(2)).targetGroups().stream()
            .map(group -> group.targetGroupName())
            .toList();
    assertEquals(List.of("tg-0", "tg-1", "tg-2", "tg-3", "tg-4"), names);
  }
}
