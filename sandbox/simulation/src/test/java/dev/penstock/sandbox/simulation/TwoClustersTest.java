package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The same example in two clusters of one account and Region: each has its own, one the name. */
class TwoClustersTest {
  private final Stage stage;
  private final Kubectl blue;
  private final Kubectl green;
  private final Map<String, String> founding;

  TwoClustersTest() throws Exception {
    stage = new Stage(Fleet.sandbox(ScopeSettings.defaults(), "blue", "green"));
    blue = stage.kubectl("blue");
    green = stage.kubectl("green");
    founding = stage.securityGroups();
    stage.pass(Duration.ofSeconds(30));
    blue.apply(Stage.example("nginx-complete.yaml"));
    stage.until("blue serves", () -> balancer(blue).isPresent() && nameLeadsTo(blue));
    green.apply(Stage.example("nginx-complete.yaml"));
    stage.until(
        "both serve",
        () -> balancer(green).isPresent() && stage.healthy().size() == 6 && stage.idle());
  }

  @Test
  void eachClusterHasItsOwnUnderItsOwnNamesAndTags() {
    assertEquals(2, stage.loadBalancers().size());
    assertEquals(2, names(stage.loadBalancers().stream().map(LoadBalancer::loadBalancerName)));
    assertEquals(2, stage.targetGroups().size());
    assertEquals(2, names(stage.targetGroups().stream().map(TargetGroup::targetGroupName)));
    assertEquals("blue", tags(balancer(blue).orElseThrow()).get("elbv2.k8s.aws/cluster"));
    assertEquals("green", tags(balancer(green).orElseThrow()).get("elbv2.k8s.aws/cluster"));
    var made = made();
    assertEquals(4, made.size(), "a frontend and a backend group each: " + made);
    assertEquals(1, made.stream().filter(n -> n.startsWith("k8s-traffic-blue-")).count());
    assertEquals(1, made.stream().filter(n -> n.startsWith("k8s-traffic-green-")).count());
    assertEquals(Stage.readyPods(blue, "default"), registered(blue));
    assertEquals(Stage.readyPods(green, "default"), registered(green));
  }

  @Test
  void theFirstKeepsTheNameAndTheSecondIsTold() throws Exception {
    stage.pass(Duration.ofMinutes(5));

    assertTrue(nameLeadsTo(blue));
    assertEquals(4, stage.records().size());
    assertEquals(
        List.of(
            "host nginx.example.com: nginx.example.com. is held by Ingress default/nginx-ingress of"
                + " cluster blue"),
        Stage.events(green, "Ingress", "nginx-ingress", "HostRefused"));
    assertEquals(List.of(), Stage.events(blue, "Ingress", "nginx-ingress", "HostRefused"));
  }

  /** No name leads to it, so nothing is to be waited for but its successor. */
  @Test
  void theLoadBalancerWithoutTheNameCanBeReplaced() throws Exception {
    green.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        "{metadata: {annotations: {alb.ingress.kubernetes.io/scheme: internal}}}");
    stage.pass(Duration.ofMinutes(1));
    stage.approve();

    stage.until(
        "its successor serves alone",
        () ->
            stage.loadBalancers().size() == 2
                && balancer(green).orElseThrow().schemeAsString().equals("internal")
                && stage.healthy().size() == 6
                && stage.idle());
    assertTrue(nameLeadsTo(blue));
    assertEquals(1, Stage.events(green, "Ingress", "nginx-ingress", "HostRefused").size());
  }

  @Test
  void theHolderKeepsTheNameWhileItsHandChangedRecordIsHealed() throws Exception {
    blue.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.until("the name leads to green", () -> nameLeadsTo(green) && !hasIngress(blue));
    blue.apply(Stage.example("nginx-complete.yaml"));
    stage.until("blue serves again", () -> stage.healthy().size() == 6 && stage.idle());
    var holder = balancer(green).orElseThrow().dnsName();
    assertTrue(balancer(blue).orElseThrow().dnsName().compareTo(holder) < 0, "order is for blue");
    stage.change(ChangeAction.UPSERT, Stage.address("192.0.2.7"));
    stage.change(ChangeAction.DELETE, stage.records().get("nginx.example.com. AAAA"));
    var mark = stage.mark();

    stage.until("it is healed", () -> nameLeadsTo(holder) && stage.idle());
    stage.pass(Duration.ofMinutes(5));

    assertTrue(nameLeadsTo(holder));
    assertEquals(1, stage.writes(mark).get("ChangeResourceRecordSets"));
    assertEquals(1, Stage.events(blue, "Ingress", "nginx-ingress", "HostRefused").size());
  }

  @Test
  void deletingTheSecondLeavesTheFirstUntouched() throws Exception {
    var kept = balancer(blue).orElseThrow();
    var records = stage.records();
    var mark = stage.mark();

    green.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.until("its load balancer is gone", () -> stage.loadBalancers().size() == 1);
    stage.until("its groups are gone", () -> made().stream().noneMatch(n -> n.contains("green")));
    stage.until("quiet", () -> made().size() == 2 && stage.idle());

    assertEquals(kept, balancer(blue).orElseThrow());
    assertEquals(records, stage.records());
    assertEquals(Stage.readyPods(blue, "default"), stage.healthy());
    assertFalse(stage.writes(mark).containsKey("ChangeResourceRecordSets"));
    assertEquals(founding.get("nodes-green"), stage.securityGroups().get("nodes-green"));
  }

  @Test
  void afterTheFirstIsDeletedTheSecondGetsTheName() throws Exception {
    var kept = balancer(green).orElseThrow();

    blue.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.until("blue is gone", () -> balancer(blue).isEmpty());
    stage.until("the name leads to green", () -> nameLeadsTo(green) && stage.idle());

    assertEquals(kept, balancer(green).orElseThrow());
    assertEquals(4, stage.records().size());
    assertEquals(Stage.readyPods(green, "default"), stage.healthy());
  }

  private Set<String> made() {
    var made = new TreeSet<>(stage.securityGroups().keySet());
    made.removeAll(founding.keySet());
    return made;
  }

  /** The load balancer at the address of the cluster's Ingress. */
  private Optional<LoadBalancer> balancer(Kubectl cluster) {
    var address = Stage.address(cluster, "default", "nginx-ingress");
    return stage.loadBalancers().stream()
        .filter(balancer -> balancer.dnsName().equalsIgnoreCase(address))
        .findFirst();
  }

  private static boolean hasIngress(Kubectl cluster) {
    return cluster.find(Kinds.INGRESS, "default", "nginx-ingress").isPresent();
  }

  private boolean nameLeadsTo(Kubectl cluster) {
    return balancer(cluster).filter(b -> nameLeadsTo(b.dnsName())).isPresent();
  }

  private boolean nameLeadsTo(String balancer) {
    return Optional.ofNullable(stage.records().get("nginx.example.com. A"))
        .map(ResourceRecordSet::aliasTarget)
        .filter(alias -> alias.dnsName().contains(balancer.toLowerCase()))
        .isPresent();
  }

  private Set<String> registered(Kubectl cluster) {
    var arn = balancer(cluster).orElseThrow().loadBalancerArn();
    return stage.elb.describeTargetGroups(r -> r.loadBalancerArn(arn)).targetGroups().stream()
        .flatMap(group -> stage.targets(group.targetGroupArn()).stream())
        .map(target -> target.target().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, String> tags(LoadBalancer balancer) {
    return stage
        .elb
        .describeTags(r -> r.resourceArns(balancer.loadBalancerArn()))
        .tagDescriptions()
        .getFirst()
        .tags()
        .stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private static int names(Stream<String> names) {
    return Set.copyOf(names.toList()).size();
  }
}
