package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name in a tag means whoever has it now, and only then whoever had it before. */
final class ClusterNamesTest {
  private final World world = new World();

  @BeforeEach
  void rename() {
    world.append(Facts.REGION, new CloudFact.ApplyStarted(Answers.TENURE));
    register("blue", "x");
    world.settle(_ -> true);
    register("blue", "y");
  }

  private void register(String cluster, String lbcName) {
    var plain = ClusterRegistration.of(cluster, Facts.REGION, Facts.VPC);
    var named =
        new ClusterRegistration(
            plain.cluster(),
            plain.home(),
            lbcName,
            plain.vpcId(),
            plain.clusterUid(),
            plain.kubeconfig(),
            plain.apiServer(),
            plain.certificateAuthority(),
            plain.tokenReference(),
            plain.dnsScopes(),
            plain.controller());
    world.append(Facts.REGION, new PersonFact.ClusterRegistered("ann", named));
  }

  /** The names that each open sweep looks for. */
  private List<List<String>> sought() {
    return world.open.values().stream()
        .flatMap(command ->
            command.operation() instanceof Operation.Observe(Reading.ReadOwned(var names, _))
                ? Stream.of(names)
                : Stream.empty())
        .toList();
  }

  private boolean isScanned(String cluster) {
    return world.tables.get(Table.SCANS, Facts.REGION + "|cluster|" + cluster).isPresent();
  }

  /** A sweep of the other cluster finds a security group with tags that name it. */
  private void find(String lbcName) {
    var read =
        world.open.values().stream()
            .filter(command ->
                command.operation() instanceof Operation.Observe(var reading)
                    && reading instanceof Reading.ReadOwned(var names, _)
                    && names.contains(lbcName))
            .findFirst()
            .orElseThrow();
    var tags =
        Map.of(
            "elbv2.k8s.aws/cluster", lbcName,
            "ingress.k8s.aws/stack", "web",
            "ingress.k8s.aws/resource", "ManagedLBSecurityGroup");
    var spec = new SecurityGroupSpec("k8s-web", "", Facts.VPC, List.of(), tags);
    var live = new Live.LiveSecurityGroup("sg-web", spec);
    world.append(Facts.REGION, new CloudFact.ReadStarted(read.id(), read.key(), Answers.TENURE));
    world.append(
        Facts.REGION,
        new CloudFact.CommandSettled(
            read.id(),
            read.key(),
            Answers.TENURE,
            1,
            new Result.Applied(),
            List.of(
                new Observation.ResourceFound(live, tags, List.of(Aspect.CORE, Aspect.TAGS)),
                new Observation.OwnedScanned(List.of(lbcName), List.of("sg-web"), true)),
            Optional.of(world.log.getLast().position()),
            List.of()));
  }

  private List<String> holders() {
    return world.tables.scan(Table.OBSERVED, Facts.REGION + "|", 1_000).stream()
        .map(entry -> entry.key())
        .filter(key -> key.endsWith("ManagedLBSecurityGroup"))
        .map(key -> key.substring((Facts.REGION + "|").length()))
        .map(key -> key.substring(0, key.indexOf('|')))
        .toList();
  }

  @Test
  void whoTookANameIsScannedByIt() {
    register("green", "x");
    assertTrue(!isScanned("green"));
    world.settle(_ -> true);
    assertTrue(isScanned("green"));
  }

  @Test
  void whatCarriesANameThatAnotherClusterTookIsOfThatOne() {
    register("green", "x");
    find("x");
    assertEquals(List.of("green"), holders());
  }

  @Test
  void aRenamedClusterIsSoughtByItsFormerNameUntilAnotherTakesIt() {
    assertEquals(List.of(List.of("y", "x")), sought());
    world.settle(_ -> true);
    register("green", "x");
    register("blue", "y");
    assertEquals(List.of(List.of("x"), List.of("y")), sought());
  }

  @Test
  void nothingIsMissingUnderANewNameBeforeItWasLookedFor() {
    assertTrue(!isScanned("blue"));
    world.settle(_ -> true);
    assertTrue(isScanned("blue"));
    register("blue", "y");
    assertTrue(isScanned("blue"), "it has the name already");
  }

  @Test
  void whatStillCarriesTheFormerNameIsOfTheRenamedCluster() {
    find("x");
    assertEquals(List.of("blue"), holders());
  }

  @Test
  void aScanForOneOfItsNamesProvesNothingOfTheCluster() {
    register("red", "v");
    register("red", "w");
    var before = sought();
    assertTrue(
        before.contains(List.of("v")) && before.contains(List.of("w", "v")), () -> "" + before);
    world.settle(command ->
        command.operation() instanceof Operation.Observe(var reading)
            && reading.equals(new Reading.ReadOwned(List.of("v"), false)));
    assertTrue(!isScanned("red"));
    world.settle(_ -> true);
    assertTrue(isScanned("red"));
  }
}
