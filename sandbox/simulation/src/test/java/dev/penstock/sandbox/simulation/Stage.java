package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.check.Checks;
import dev.penstock.sandbox.simulation.engine.Observer;
import dev.penstock.sandbox.simulation.machines.Layout;
import dev.penstock.schemas.event.PersonFact.HoldApproved;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.waf.regional.WafRegionalClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** A pipeline, and what a person who looks at AWS and the cluster sees there. */
final class Stage {
  static final String CLUSTER = "sandbox";
  static final String TESTER = "tester";
  private static final Duration BOUND = Duration.ofMinutes(40);

  final Pipeline pipeline;
  final Checks checks;
  final Kubectl kubectl;
  final ElasticLoadBalancingV2Client elb;
  final Ec2Client ec2;
  final Wafv2Client wafv2;
  final WafRegionalClient waf;
  final ShieldClient shield;
  final Route53Client dns;
  final AcmClient acm;

  Stage() throws Exception {
    this(ScopeSettings.defaults());
  }

  Stage(ScopeSettings settings) throws Exception {
    this(Fleet.sandbox(settings, CLUSTER));
  }

  Stage(Fleet fleet) throws Exception {
    this(fleet, Layout.calm(), Observer.none());
  }

  Stage(Fleet fleet, Layout layout, Observer observer) throws Exception {
    pipeline = Pipeline.start(1, fleet, layout, observer);
    checks = Checks.of(pipeline);
    StageEnd.add(this);
    kubectl = kubectl(fleet.sites().getFirst().cluster().name());
    var caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, TESTER);
    elb = pipeline.aws().client(ElasticLoadBalancingV2Client.class, caller);
    ec2 = pipeline.aws().client(Ec2Client.class, caller);
    wafv2 = pipeline.aws().client(Wafv2Client.class, caller);
    waf = pipeline.aws().client(WafRegionalClient.class, caller);
    shield = pipeline.aws().client(ShieldClient.class, caller);
    dns = pipeline.aws().client(Route53Client.class, caller);
    acm = pipeline.aws().client(AcmClient.class, caller);
  }

  static String example(String name) throws IOException {
    var root = Path.of(System.getProperty("project.root"));
    return Files.readString(root.resolve("deploy/examples").resolve(name));
  }

  /** The example of seed 1, applied and serving. */
  static Stage withNginx() throws Exception {
    var stage = new Stage();
    stage.pass(Duration.ofSeconds(30));
    stage.kubectl.apply(example("nginx-complete.yaml"));
    stage.until("nginx serves", stage::nginxServes);
    return stage;
  }

  Kubectl kubectl(String cluster) {
    return new Kubectl(pipeline.cluster(cluster));
  }

  boolean nginxServes() {
    return !address("default", "nginx-ingress").isEmpty()
        && !readyPods("default").isEmpty()
        && healthy().equals(readyPods("default"))
        && records().keySet().contains("nginx.example.com. A")
        && idle();
  }

  void pass(Duration duration) throws Exception {
    pipeline.passUntil(duration, judged(() -> false));
  }

  /** The same condition; every invariant is looked at before. */
  private BooleanSupplier judged(BooleanSupplier holds) {
    return () -> {
      checks.after().ifPresent(violation -> fail(violation + "\n" + picture()));
      return holds.getAsBoolean();
    };
  }

  void until(String what, BooleanSupplier holds) throws Exception {
    if (!pipeline.passUntil(BOUND, judged(() -> looks(holds)))) {
      fail("never came: " + what + "\n" + picture());
    }
  }

  /** Lets time pass; fails at the first moment at which it does not hold. */
  void always(Duration duration, String what, BooleanSupplier holds) throws Exception {
    if (pipeline.passUntil(duration, judged(() -> !looks(holds)))) {
      fail("no more: " + what + "\n" + picture());
    }
  }

  /** Nothing is written any more, for longer than several sweeps. */
  void silent() throws Exception {
    pass(Duration.ofMinutes(5));
    var mark = mark();
    pass(Duration.ofHours(2));
    assertEquals(Map.of(), writes(mark), "then silent");
  }

  /** A person approves everything that is held. */
  void approve() throws Exception {
    for (var scope : pipeline.fleet().scopes()) {
      for (var hold : pipeline.tables().scan(Table.HOLDS, scope + "|")) {
        if (!hold.row().approved()) {
          pipeline.append(scope, new HoldApproved(TESTER, hold.row().id()));
        }
      }
    }
  }

  /** Whoever only looks on takes nothing of the budget that AWS gives to the pipeline. */
  private boolean looks(BooleanSupplier holds) {
    return pipeline.aws().unthrottled(holds::getAsBoolean);
  }

  /** Whether the alias of nginx.example.com ends at a healthy pod now. */
  boolean nameLeadsToPods() {
    var alias = records().get("nginx.example.com. A").aliasTarget().dnsName();
    for (var balancer : loadBalancers()) {
      if (!alias.contains(balancer.dnsName().toLowerCase())) {
        continue;
      }
      return elb
          .describeTargetGroups(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
          .targetGroups()
          .stream()
          .flatMap(group -> targets(group.targetGroupArn()).stream())
          .anyMatch(t -> t.targetHealth().stateAsString().equals("healthy"));
    }
    return false;
  }

  /** No command is open and no work is left over. */
  boolean idle() {
    return pipeline.tables().scan(Table.OPEN, "").isEmpty()
        && pipeline.tables().scan(Table.OPEN_KUBERNETES, "").isEmpty()
        && pipeline.tables().scan(Table.DIRTY, "").isEmpty();
  }

  List<LoadBalancer> loadBalancers() {
    return elb.describeLoadBalancers().loadBalancers();
  }

  List<Listener> listeners() {
    return loadBalancers().stream()
        .flatMap(balancer ->
            elb
                .describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
                .listeners()
                .stream())
        .toList();
  }

  List<Rule> rules(int port) {
    var listener = listeners().stream().filter(l -> l.port() == port).findFirst().orElseThrow();
    return elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules();
  }

  List<TargetGroup> targetGroups() {
    return elb.describeTargetGroups().targetGroups();
  }

  List<TargetHealthDescription> targets(String targetGroupArn) {
    return elb.describeTargetHealth(r -> r.targetGroupArn(targetGroupArn))
        .targetHealthDescriptions();
  }

  /** Addresses of targets in any target group, with this state. */
  Set<String> inState(String... states) {
    var wanted = List.of(states);
    return targetGroups().stream()
        .flatMap(group -> targets(group.targetGroupArn()).stream())
        .filter(t -> wanted.contains(t.targetHealth().stateAsString()))
        .map(t -> t.target().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> healthy() {
    return inState("healthy");
  }

  Set<String> readyPods(String namespace) {
    return readyPods(kubectl, namespace);
  }

  static Set<String> readyPods(Kubectl kubectl, String namespace) {
    var ready = new TreeSet<String>();
    for (var pod : kubectl.all(Kinds.POD, namespace)) {
      var condition = Tree.find(Tree.at(pod, "status", "conditions"), "type", "Ready");
      if (Tree.text(condition, "status").equals("True") && !Tree.deleting(pod)) {
        ready.add(Tree.text(pod, "status", "podIP"));
      }
    }
    return ready;
  }

  String address(String namespace, String ingress) {
    return address(kubectl, namespace, ingress);
  }

  static String address(Kubectl kubectl, String namespace, String ingress) {
    return kubectl
        .find(Kinds.INGRESS, namespace, ingress)
        .map(o -> o.at("/status/loadBalancer/ingress/0/hostname").asText())
        .orElse("");
  }

  /** What the Events of this reason on an object say. */
  static List<String> events(Kubectl kubectl, String kind, String object, String reason) {
    return kubectl.all(Kinds.EVENT, "default").stream()
        .filter(e -> Tree.text(e, "involvedObject", "kind").equals(kind))
        .filter(e -> Tree.text(e, "involvedObject", "name").equals(object))
        .filter(e -> Tree.text(e, "reason").equals(reason))
        .map(e -> Tree.text(e, "message"))
        .toList();
  }

  /** Record sets by {@code name type}, but those of the zone itself. */
  TreeMap<String, ResourceRecordSet> records() {
    var records = new TreeMap<String, ResourceRecordSet>();
    dns
        .listResourceRecordSets(r -> r.hostedZoneId(SandboxWorld.ZONE_ID))
        .resourceRecordSets()
        .stream()
        .filter(set -> !set.name().equals("example.com."))
        .forEach(set -> records.put(set.name() + " " + set.typeAsString(), set));
    return records;
  }

  /** Somebody changes a record set by hand. */
  void change(ChangeAction action, ResourceRecordSet set) {
    dns.changeResourceRecordSets(r ->
        r.hostedZoneId(SandboxWorld.ZONE_ID)
            .changeBatch(
                b -> b.changes(Change.builder().action(action).resourceRecordSet(set).build())));
  }

  /** The example's name with an address of somebody's. */
  static ResourceRecordSet address(String ip) {
    return ResourceRecordSet.builder()
        .name("nginx.example.com.")
        .type("A")
        .ttl(60L)
        .resourceRecords(ResourceRecord.builder().value(ip).build())
        .build();
  }

  /** The rules of every security group, by its name. */
  Map<String, String> securityGroups() {
    var groups = new TreeMap<String, String>();
    ec2.describeSecurityGroups()
        .securityGroups()
        .forEach(group -> groups.put(group.groupName(), group.ipPermissions().toString()));
    return groups;
  }

  /** Where the request log stands. */
  long mark() {
    return pipeline.aws().requests().last();
  }

  /** The pipeline's own calls since then. */
  List<RequestLog.Entry> calls(long since) {
    return pipeline.aws().requests().after(since).stream()
        .filter(entry -> !entry.caller().userAgent().startsWith(TESTER))
        .toList();
  }

  /**
   * What AWS carried out for the pipeline since then, in order, reads too. A read that is repeated
   * word for word until it answers something else is told once; a refused call not at all.
   */
  List<String> callNames(long since) {
    var looked = new HashSet<SdkRequest>();
    return calls(since).stream()
        .filter(RequestLog.Entry::effective)
        .filter(call -> !call.operation().reads() || looked.add(call.request()))
        .map(call -> call.operation().name())
        .toList();
  }

  TreeMap<String, Long> counts(long since) {
    var counts = new TreeMap<String, Long>();
    calls(since).forEach(e -> counts.merge(e.operation().name(), 1L, Long::sum));
    return counts;
  }

  TreeMap<String, Long> reads(long since) {
    var counts = new TreeMap<String, Long>();
    calls(since).stream()
        .filter(e -> e.operation().reads())
        .forEach(e -> counts.merge(e.operation().name(), 1L, Long::sum));
    return counts;
  }

  TreeMap<String, Long> writes(long since) {
    var counts = new TreeMap<String, Long>();
    calls(since).stream()
        .filter(RequestLog.Entry::wrote)
        .forEach(e -> counts.merge(e.operation().name(), 1L, Long::sum));
    return counts;
  }

  /** Where everything stands, for a failure. */
  String picture() {
    var text = new StringBuilder("at " + pipeline.now() + "\n");
    for (var table : List.of(Table.VERDICTS, Table.OPEN, Table.OPEN_KUBERNETES, Table.HOLDS)) {
      pipeline.tables().scan(table, "").forEach(e -> line(text, table.name(), e.key(), e.row()));
    }
    pipeline.tables().scan(Table.DIRTY, "").forEach(e -> line(text, "dirty", e.key(), e.row()));
    pipeline.tables().scan(Table.STACKS, "").forEach(e -> line(text, "stacks", e.key(), e.row()));
    pipeline.tables().scan(Table.CLAIMS, "").forEach(e -> line(text, "claims", e.key(), e.row()));
    pipeline.tables().scan(Table.TARGETS, "").forEach(e -> line(text, "targets", e.key(), e.row()));
    text.append("calls ").append(counts(0)).append('\n');
    pipeline.aws().requests().matching(e -> e.status() != 200).stream()
        .limit(10)
        .forEach(e -> text.append(e.operation()).append(' ').append(e.code()).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String table, String key, Object row) {
    var shown = String.valueOf(row);
    text.append(table)
        .append(' ')
        .append(key)
        .append(" = ")
        .append(shown, 0, Math.min(shown.length(), 500))
        .append('\n');
  }
}
