package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.aws.types.Tags;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * What the controller before LBC made for an Ingress, under names and tags of its own, is adopted:
 * nothing of it is made a second time.
 */
class LegacyTest {
  private static final String CLUSTER = "elbv2.k8s.aws/cluster";
  private static final String LEGACY_CLUSTER = "ingress.k8s.aws/cluster";

  @Test
  void aStackOfTheControllerBeforeIsAdoptedAndServesUnderItsOldNames() throws Exception {
    var like = Stage.withNginx();
    var stage = new Stage();
    var group = group(stage, legacy(managed(like)));
    var balancer = balancer(stage, like, group);
    var targets = targetGroup(stage, like);
    stage.pass(Duration.ofMinutes(35));

    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    var mark = stage.mark();
    stage.until("nginx serves", stage::nginxServes);

    var writes = stage.writes(mark);
    assertEquals(List.of(balancer), ids(stage.loadBalancers(), b -> b.loadBalancerArn()));
    assertEquals(List.of(targets), ids(stage.targetGroups(), g -> g.targetGroupArn()));
    assertTrue(stage.loadBalancers().getFirst().securityGroups().contains(group));
    assertTrue(writes.keySet().stream().noneMatch(w -> w.startsWith("Delete")), writes::toString);
    assertEquals(bindings(like), bindings(stage));
    for (var arn : List.of(balancer, targets)) {
      var tags = tags(stage, arn);
      assertEquals(tags.get(LEGACY_CLUSTER), tags.get(CLUSTER));
    }
    var quiet = stage.mark();
    stage.pass(Duration.ofMinutes(65));
    assertEquals(Map.of(), stage.writes(quiet));
  }

  /** The tags of the controller before LBC in place of LBC's. */
  private static TreeMap<String, String> legacy(Map<String, String> tags) {
    var legacy = new TreeMap<>(tags);
    legacy.put(LEGACY_CLUSTER, legacy.remove(CLUSTER));
    return legacy;
  }

  private static Map<String, String> managed(Stage like) {
    var tags = new TreeMap<String, String>();
    like.ec2.describeSecurityGroups().securityGroups().stream()
        .filter(g -> g.groupName().startsWith("k8s-default-nginxing-"))
        .flatMap(g -> g.tags().stream())
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private static String group(Stage stage, Map<String, String> tags) {
    return stage
        .ec2
        .createSecurityGroup(r ->
            r.groupName("v1-nginx")
                .description("made by v1")
                .vpcId(SandboxWorld.VPC)
                .tagSpecifications(
                    t -> t.resourceType(ResourceType.SECURITY_GROUP).tags(Tags.ec2(tags))))
        .groupId();
  }

  private static String balancer(Stage stage, Stage like, String group) {
    var model = like.loadBalancers().getFirst();
    return stage
        .elb
        .createLoadBalancer(r ->
            r.name("sandbox-default-nginx-1a2b")
                .scheme(model.scheme())
                .subnets(model.availabilityZones().stream().map(z -> z.subnetId()).toList())
                .securityGroups(group)
                .tags(Tags.elb(legacy(tags(like, model.loadBalancerArn())))))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private static String targetGroup(Stage stage, Stage like) {
    var model = like.targetGroups().getFirst();
    return stage
        .elb
        .createTargetGroup(r ->
            r.name("sandbox-0123456789abcdef")
                .targetType(model.targetType())
                .protocol(model.protocol())
                .port(model.port())
                .vpcId(model.vpcId())
                .tags(Tags.elb(legacy(tags(like, model.targetGroupArn())))))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private static TreeMap<String, String> tags(Stage stage, String arn) {
    var tags = new TreeMap<String, String>();
    stage
        .elb
        .describeTags(r -> r.resourceArns(arn))
        .tagDescriptions()
        .getFirst()
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private static List<String> bindings(Stage stage) {
    return stage.kubectl.all(BindingTest.binding(stage), "default").stream()
        .map(binding -> Tree.text(binding, "metadata", "name"))
        .toList();
  }

  private static <T> List<String> ids(List<T> things, Function<T, String> id) {
    return things.stream().map(id).toList();
  }
}
