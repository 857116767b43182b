package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.sts.StsClient;

/** What AWS promises, asserted on codes and statuses, whatever face of the simulator answers. */
abstract class CloudContract {
  static final String CERTIFICATE = "arn:aws:acm:us-west-2:111122223333:certificate/your-cert";

  final TickingClock clock = new TickingClock();
  AwsSimulator aws;
  ElasticLoadBalancingV2Client elb;
  Ec2Client ec2;
  Route53Client route53;
  AcmClient acm;
  StsClient sts;

  private Clients clients;

  /** The clients of one face, and what to close after a test. */
  record Clients(
      ElasticLoadBalancingV2Client elb,
      Ec2Client ec2,
      Route53Client route53,
      AcmClient acm,
      StsClient sts,
      Runnable close) {}

  abstract Clients connect(AwsSimulator aws) throws Exception;

  @BeforeEach
  void start() throws Exception {
    aws =
        AwsSimulator.create(
            WorldSpec.sandbox("demo"),
            Settings.documented().withBuckets(false),
            TargetProbe.alwaysHealthy(),
            clock,
            7);
    clients = connect(aws);
    elb = clients.elb();
    ec2 = clients.ec2();
    route53 = clients.route53();
    acm = clients.acm();
    sts = clients.sts();
  }

  @AfterEach
  void stop() {
    clients.close().run();
  }

  private String loadBalancer(String name) {
    return elb.createLoadBalancer(r ->
            r.name(name).subnets("subnet-public-a", "subnet-public-b").scheme("internet-facing"))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private String targetGroup(String name) {
    return elb.createTargetGroup(r ->
            r.name(name)
                .protocol("HTTP")
                .port(80)
                .vpcId(SandboxWorld.VPC)
                .targetType("ip")
                .healthCheckIntervalSeconds(10))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private String listener(String loadBalancer, int port) {
    return elb.createListener(r ->
            r.loadBalancerArn(loadBalancer).protocol("HTTP").port(port).defaultActions(fixed()))
        .listeners()
        .getFirst()
        .listenerArn();
  }

  private static Action fixed() {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(f -> f.statusCode("404").contentType("text/plain"))
        .build();
  }

  private static Action forward(String targetGroup) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup).build();
  }

  private String rule(String listener, int priority, String path, String targetGroup) {
    return elb.createRule(r ->
            r.listenerArn(listener)
                .priority(priority)
                .conditions(
                    RuleCondition.builder()
                        .field("path-pattern")
                        .pathPatternConfig(p -> p.values(path))
                        .build())
                .actions(forward(targetGroup)))
        .rules()
        .getFirst()
        .ruleArn();
  }

  private static void refused(String code, int status, Executable call) {
    var error = assertThrows(AwsServiceException.class, call);
    assertEquals(code, error.awsErrorDetails().errorCode());
    assertEquals(status, error.statusCode());
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
  void rulesAreNotIdempotentAndPrioritiesSwapAtOnce() {
    var listener = listener(loadBalancer("web"), 80);
    var group = targetGroup("a");
    var first = rule(listener, 1, "/a", group);
    var second = rule(listener, 2, "/b", group);
    refused("PriorityInUse", 400, () -> rule(listener, 1, "/a", group));
    elb.setRulePriorities(r ->
        r.rulePriorities(p -> p.ruleArn(first).priority(2), p -> p.ruleArn(second).priority(1)));
    var rules = elb.describeRules(r -> r.listenerArn(listener)).rules();
    assertEquals(
        List.of("1", "2", "default"), rules.stream().map(rule -> rule.priority()).toList());
    assertEquals(second, rules.getFirst().ruleArn());
    refused(
        "PriorityInUse",
        400,
        () -> elb.setRulePriorities(r -> r.rulePriorities(p -> p.ruleArn(first).priority(1))));
    refused(
        "OperationNotPermitted",
        400,
        () -> elb.deleteRule(r -> r.ruleArn(rules.getLast().ruleArn())));
  }

  @Test
  void aTargetGroupServesOneLoadBalancerAndIsNotDeletedWhileUsed() {
    var group = targetGroup("a");
    var first = listener(loadBalancer("one"), 80);
    var second = listener(loadBalancer("two"), 80);
    var rule = rule(first, 1, "/a", group);
    refused("TargetGroupAssociationLimit", 400, () -> rule(second, 1, "/a", group));
    refused("ResourceInUse", 400, () -> elb.deleteTargetGroup(r -> r.targetGroupArn(group)));
    elb.deleteRule(r -> r.ruleArn(rule));
    refused("ResourceInUse", 400, () -> elb.deleteTargetGroup(r -> r.targetGroupArn(group)));
    clock.pass(Duration.ofSeconds(6));
    elb.deleteTargetGroup(r -> r.targetGroupArn(group));
    refused(
        "TargetGroupNotFound", 400, () -> elb.describeTargetGroups(r -> r.targetGroupArns(group)));
  }

  @Test
  void aForwardComesBackWithBothFormsAndARedirectWithAllItsParts() {
    var loadBalancer = loadBalancer("web");
    var group = targetGroup("a");
    var listener = listener(loadBalancer, 80);
    rule(listener, 1, "/a", group);
    var action =
        elb.describeRules(r -> r.listenerArn(listener)).rules().getFirst().actions().getFirst();
    assertEquals(group, action.targetGroupArn());
    assertEquals(1, action.forwardConfig().targetGroups().getFirst().weight());
    assertEquals(1, action.order());
    var redirect =
        elb.modifyListener(r ->
                r.listenerArn(listener)
                    .defaultActions(a ->
                        a.type("redirect")
                            .redirectConfig(
                                c -> c.protocol("HTTPS").port("443").statusCode("HTTP_301"))))
            .listeners()
            .getFirst()
            .defaultActions()
            .getFirst()
            .redirectConfig();
    assertEquals("#{host}", redirect.host());
    assertEquals("/#{path}", redirect.path());
    assertEquals("#{query}", redirect.query());
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
  void targetsGoFromUnusedOverInitialToHealthyAndDrain() {
    var group = targetGroup("a");
    elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20").port(8080)));
    assertEquals(TargetHealthStateEnum.UNUSED, health(group));
    var listener = listener(loadBalancer("web"), 80);
    rule(listener, 1, "/a", group);
    assertEquals(TargetHealthStateEnum.INITIAL, health(group));
    clock.pass(Duration.ofMinutes(3));
    assertEquals(TargetHealthStateEnum.HEALTHY, health(group));
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20").port(8080)));
    assertEquals(TargetHealthStateEnum.DRAINING, health(group));
    clock.pass(Duration.ofSeconds(301));
    assertTrue(
        elb.describeTargetHealth(r -> r.targetGroupArn(group))
            .targetHealthDescriptions()
            .isEmpty());
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.99")));
  }

  private TargetHealthStateEnum health(String group) {
    return elb.describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .getFirst()
        .targetHealth()
        .state();
  }

  @Test
  void targetsMustBelongWhereTheyAreRegistered() {
    var group = targetGroup("a");
    refused(
        "ValidationError",
        400,
        () -> elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("192.168.1.1"))));
    elb.registerTargets(
        r -> r.targetGroupArn(group).targets(t -> t.id("192.168.1.1").availabilityZone("all")));
    refused(
        "InvalidTarget",
        400,
        () -> elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("8.8.8.8"))));
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

  @Test
  void securityGroupRulesAreAllOrNothingAndCanonical() {
    var id =
        ec2.createSecurityGroup(
                r -> r.groupName("lb").description("of a test").vpcId(SandboxWorld.VPC))
            .groupId();
    refused(
        "InvalidGroup.Duplicate",
        400,
        () ->
            ec2.createSecurityGroup(
                r -> r.groupName("LB").description("again").vpcId(SandboxWorld.VPC)));
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(id).ipPermissions(tcp(80, "100.68.0.18/18")));
    var shown = ec2.describeSecurityGroups(r -> r.groupIds(id)).securityGroups().getFirst();
    assertEquals("100.68.0.0/18", shown.ipPermissions().getFirst().ipRanges().getFirst().cidrIp());
    refused(
        "InvalidPermission.Duplicate",
        400,
        () ->
            ec2.authorizeSecurityGroupIngress(
                r -> r.groupId(id).ipPermissions(tcp(443, "0.0.0.0/0"), tcp(80, "100.68.0.0/18"))));
    assertEquals(
        1,
        ec2.describeSecurityGroups(r -> r.groupIds(id))
            .securityGroups()
            .getFirst()
            .ipPermissions()
            .size());
    refused(
        "InvalidPermission.NotFound",
        400,
        () ->
            ec2.revokeSecurityGroupIngress(
                r -> r.groupId(id).ipPermissions(tcp(443, "0.0.0.0/0"))));
    refused(
        "InvalidGroup.NotFound",
        400,
        () -> ec2.describeSecurityGroups(r -> r.groupIds(id, "sg-0000")));
  }

  private static IpPermission tcp(int port, String cidr) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .ipRanges(range -> range.cidrIp(cidr))
        .build();
  }

  @Test
  void aSecurityGroupOfADeletedLoadBalancerIsHeldByItsInterfaces() {
    var id =
        ec2.createSecurityGroup(
                r -> r.groupName("lb").description("of a test").vpcId(SandboxWorld.VPC))
            .groupId();
    var arn =
        elb.createLoadBalancer(
                r -> r.name("web").subnets("subnet-public-a", "subnet-public-b").securityGroups(id))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    elb.deleteLoadBalancer(r -> r.loadBalancerArn(arn));
    refused("DependencyViolation", 400, () -> ec2.deleteSecurityGroup(r -> r.groupId(id)));
    clock.pass(Duration.ofSeconds(61));
    ec2.deleteSecurityGroup(r -> r.groupId(id));
    refused("InvalidGroup.NotFound", 400, () -> ec2.deleteSecurityGroup(r -> r.groupId(id)));
  }

  @Test
  void theNetworkIsFoundByTags() {
    var subnets =
        ec2.describeSubnets(r ->
                r.filters(
                    Filter.builder().name("vpc-id").values(SandboxWorld.VPC).build(),
                    Filter.builder().name("tag:kubernetes.io/role/elb").values("1").build()))
            .subnets();
    assertEquals(3, subnets.size());
    assertEquals(
        1,
        ec2.describeAvailabilityZones(r -> r.zoneNames("us-west-2b")).availabilityZones().size());
    refused(
        "InvalidInstanceID.NotFound",
        400,
        () -> ec2.describeInstances(r -> r.instanceIds("i-00000000000000001", "i-0f")));
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

  @Test
  void rolesLeadIntoOtherAccounts() {
    assertEquals(SandboxWorld.ACCOUNT, sts.getCallerIdentity().account());
    var session =
        sts.assumeRole(
            r -> r.roleArn("arn:aws:iam::444455556666:role/penstock").roleSessionName("test"));
    var key = session.credentials().accessKeyId();
    assertEquals("444455556666", aws.caller(key, "us-west-2", "x").account());
    assertEquals(
        3600, Duration.between(clock.instant(), session.credentials().expiration()).toSeconds());
  }

  @Test
  void faultsRefuseBeforeTheEffectAndLostAnswersComeAfterIt() {
    aws.faults().add(Faults.Rule.next("CreateLoadBalancer", new Faults.Effect.Throttle()));
    refused("Throttling", 400, () -> loadBalancer("web"));
    aws.faults().add(Faults.Rule.next("CreateTargetGroup", new Faults.Effect.Deny()));
    refused("AccessDenied", 403, () -> targetGroup("a"));
    aws.faults().add(Faults.Rule.next("DescribeSubnets", new Faults.Effect.Throttle()));
    refused("RequestLimitExceeded", 503, () -> ec2.describeSubnets());
    assertEquals(0, elb.describeLoadBalancers().loadBalancers().size());
    aws.faults().add(Faults.Rule.next("CreateLoadBalancer", new Faults.Effect.LoseAnswer()));
    assertThrows(
        software.amazon.awssdk.core.exception.SdkClientException.class, () -> loadBalancer("web"));
    assertEquals(1, elb.describeLoadBalancers().loadBalancers().size());
  }

  @Test
  void theRequestLogTellsWhatWasCalled() {
    var before = aws.requests().last();
    loadBalancer("web");
    var call = aws.requests().after(before).getFirst();
    assertEquals("elasticloadbalancing:CreateLoadBalancer", call.operation().toString());
    assertEquals(SandboxWorld.ACCOUNT, call.caller().account());
    assertEquals("us-west-2", call.caller().region());
    assertTrue(call.caller().userAgent().contains("contract"), call.caller().userAgent());
    assertTrue(call.wrote());
  }

  @Test
  void answersCarryTheirRequestIds() {
    var response = elb.describeLoadBalancers();
    var logged = aws.requests().after(0).getLast().requestId();
    assertEquals(logged, response.responseMetadata().requestId());
  }
}
