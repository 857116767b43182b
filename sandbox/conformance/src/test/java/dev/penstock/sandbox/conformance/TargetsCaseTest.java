package dev.penstock.sandbox.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a rule excuses in a target group, and that it excuses nothing else. */
final class TargetsCaseTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/loans/1a2b3c4d5e6f7a8b";

  private static final Path SHARED =
      Path.of(System.getProperty("project.root"))
          .resolve(
              "sandbox/conformance/src/test/resources/cases/targets/ip/shared-and-unready.yaml");

  /** LBC fails at the second node, which is no instance, and leaves the group as it was. */
  private static final String FOREIGN_NODE =
      """
      aws:
        vpcs: [{id: vpc-0a1b2c3d4e5f60718, cidrs: [10.0.0.0/16]}]
        targetGroups: [{arn: "%1$s", name: loans, targets: []}]
        instances: [{id: i-n1, networkInterfaces: [{id: eni-1, privateIps: [10.0.0.5], securityGroups: [sg-nodes]}]}]
        securityGroups: [{id: sg-nodes, tags: {kubernetes.io/cluster/demo: owned}}]
      objects:
        - kind: TargetGroupBinding
          metadata: {namespace: library, name: loans-in}
          spec:
            targetGroupARN: "%1$s"
            targetType: instance
            ipAddressType: ipv4
            vpcID: vpc-0a1b2c3d4e5f60718
            targetGroupProtocol: HTTP
            serviceRef: {name: loans, port: http}
        - kind: Service
          metadata: {namespace: library, name: loans}
          spec: {type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 31080}]}
        - {kind: Node, metadata: {name: n1}, spec: {providerID: aws:///us-west-2a/i-n1}, status: {conditions: [{type: Ready, status: "True"}]}}
        - {kind: Node, metadata: {name: n2}, spec: {providerID: gce://p/z/n2}, status: {conditions: [{type: Ready, status: "True"}]}}
      expect:
        bindings: [{binding: library/loans-in, resolveError: x}]
        targetsAfter: {"%1$s": [%2$s]}
      """;

  private static TargetsCase foreignNode(String after) {
    return new TargetsCase(Rows.yaml(FOREIGN_NODE.formatted(ARN, after)));
  }

  @Test
  void aGroupThatLbcLeftAsItWasHasWhatTheBindingWants() {
    var of = foreignNode("");
    assertEquals(Optional.empty(), of.difference());
    assertEquals(Set.of("foreign-node"), of.divergences());
  }

  @Test
  void whatLbcRegisteredInAGroupIsNotExcused() {
    var of = foreignNode("{id: i-n3, port: 31080}");
    assertEquals(
        Optional.of("targetsAfter/" + ARN + ": wanted [i-n3:31080], got [i-n1:31080]"),
        of.difference());
    assertEquals(Set.of(), of.divergences());
  }

  @Test
  void anErrorOfLbcExcusesNothingWhereNoNodeIsForeign() {
    var text = FOREIGN_NODE.formatted(ARN, "").replace("gce://p/z/n2", "aws:///us-west-2a/i-n2");
    var of = new TargetsCase(Rows.yaml(text));
    assertEquals(
        Optional.of("targetsAfter/" + ARN + ": wanted [], got [i-n1:31080, i-n2:31080]"),
        of.difference());
  }

  @Test
  void aGroupThatLbcDidNotLookAtIsExcusedOnlyWhereTheAnswerSaysWhatItHadFound() {
    var skipped =
        FOREIGN_NODE
            .formatted(ARN, "")
            .replace("gce://p/z/n2", "aws:///us-west-2a/i-n2")
            .replace("resolveError: x", "skippedByCheckpoint: true, %s");
    assertTrue(new TargetsCase(Rows.yaml(skipped.formatted("a: b"))).difference().isPresent());
    var found = "resolved: [{instance: i-n1, port: 31080}, {instance: i-n2, port: 31080}]";
    var of = new TargetsCase(Rows.yaml(skipped.formatted(found)));
    assertEquals(Optional.empty(), of.difference());
    assertEquals(Set.of("equal-checkpoint"), of.divergences());
  }

  /** LBC registers two nodes, or those that the answer names. */
  private static TargetsCase written(String targets) {
    var write = "{operation: RegisterTargets, targetGroup: \"%s\", targets: [%s]}";
    var text =
        FOREIGN_NODE
            .formatted(ARN, "{id: i-n1, port: 31080}, {id: i-n2, port: 31080}")
            .replace("gce://p/z/n2", "aws:///us-west-2a/i-n2")
            .replace("resolveError: x", "awsWrites: [" + write.formatted(ARN, targets) + "]");
    return new TargetsCase(Rows.yaml(text));
  }

  @Test
  void whatIsWrittenMustBeWhatLbcWrites() {
    var both = "{id: i-n1, port: 31080}, {id: i-n2, port: 31080}";
    assertEquals(Optional.empty(), written(both).difference());
    assertEquals(
        Optional.of(
            "writes/RegisterTargets "
                + ARN
                + ": wanted [i-n1:31080], got [i-n1:31080, i-n2:31080]"),
        written("{id: i-n1, port: 31080}").difference());
  }

  @Test
  void anOwnPodThatLeavesASharedGroupIsExcusedOnlyWhereTheListDoesNotNameIt() throws Exception {
    var unlisted = Files.readString(SHARED);
    var of = new TargetsCase(Rows.yaml(unlisted));
    assertEquals(Optional.empty(), of.difference());
    assertEquals(Set.of("own-pods"), of.divergences());
    var list =
        """
        objects:
          - kind: ConfigMap
            metadata: {namespace: library, name: aws-lbc-targets-loans-in}
            data: {targets: "10.0.4.1:8080"}
        """;
    var listed = new TargetsCase(Rows.yaml(unlisted.replace("objects:\n", list)));
    var difference = listed.difference().orElseThrow();
    assertTrue(difference.startsWith("targetsAfter/"), difference);
    assertEquals(Set.of(), listed.divergences());
  }
}
