package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.script.CloudTrouble.Delays;
import dev.penstock.sandbox.simulation.script.CloudTrouble.DeliversTwice;
import dev.penstock.sandbox.simulation.script.CloudTrouble.Denies;
import dev.penstock.sandbox.simulation.script.CloudTrouble.Fails;
import dev.penstock.sandbox.simulation.script.CloudTrouble.Lags;
import dev.penstock.sandbox.simulation.script.CloudTrouble.LosesAnswers;
import dev.penstock.sandbox.simulation.script.CloudTrouble.QuotaReached;
import dev.penstock.sandbox.simulation.script.CloudTrouble.Throttles;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.Away;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.ConnectionsDrop;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.DefinitionRemoved;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.FinalizerStripped;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.ListRefused;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.RequestsRefused;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.Swap;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.VanishUnseen;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.WatchesBreak;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.WatchesExpire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws what goes wrong at the edges. */
final class TroubleDraw {
  /** Reads are behind for at most this long (ScopeSettings, consistencyWindowMillis). */
  private static final Duration WINDOW = Duration.ofSeconds(9);

  private static final List<String> RESOURCES =
      List.of(
          "ingresses.networking.k8s.io",
          "ingressclasses.networking.k8s.io",
          "services",
          "endpointslices.discovery.k8s.io",
          "pods",
          "nodes",
          "namespaces",
          "targetgroupbindings.elbv2.k8s.aws",
          "ingressclassparams.elbv2.k8s.aws");

  /** What AWS answers each operation when its quota is reached. */
  private static final Map<String, String> QUOTAS =
      new TreeMap<>(
          Map.of(
              "CreateLoadBalancer", "TooManyLoadBalancers",
              "CreateTargetGroup", "TooManyTargetGroups",
              "CreateListener", "TooManyListeners",
              "CreateRule", "TooManyRules",
              "RegisterTargets", "TooManyTargets",
              "CreateSecurityGroup", "SecurityGroupLimitExceeded",
              "AuthorizeSecurityGroupIngress", "RulesPerSecurityGroupLimitExceeded"));

  private static final List<String> OPERATIONS =
      List.of(
          "*",
          "*",
          "elasticloadbalancing:*",
          "ec2:*",
          "route53:*",
          "CreateLoadBalancer",
          "CreateTargetGroup",
          "CreateListener",
          "CreateRule",
          "ModifyRule",
          "DeleteLoadBalancer",
          "DeleteTargetGroup",
          "RegisterTargets",
          "DeregisterTargets",
          "DescribeTargetHealth",
          "DescribeTags",
          "CreateSecurityGroup",
          "AuthorizeSecurityGroupIngress",
          "DeleteSecurityGroup",
          "ChangeResourceRecordSets",
          "ListResourceRecordSets");

  private final Dice dice;

  TroubleDraw(Dice dice) {
    this.dice = dice;
  }

  List<Deed> ofCluster(int cluster, int app) {
    return dice.deeds(
        () -> List.of(new WatchesExpire(cluster), new WatchesExpire(cluster)),
        () -> List.of(new WatchesExpire(cluster)),
        () -> List.of(new WatchesBreak(cluster)),
        () -> List.of(listRefused(cluster), new WatchesExpire(cluster)),
        () ->
            List.of(
                new RequestsRefused(
                    cluster, verb(), dice.one(403, 404, 409, 429, 500, 503), dice.upTo(6))),
        () -> List.of(new ConnectionsDrop(cluster, verb(), dice.percent(50), dice.upTo(6))),
        () -> List.of(new Away(cluster, dice.one(lasts(), Duration.ofHours(dice.upTo(3))))),
        () -> List.of(new Swap(cluster), new OperatorDeed.Rebind(cluster)),
        () -> List.of(new DefinitionRemoved(cluster, definition(), lasts())),
        () -> List.of(new FinalizerStripped(cluster, app), new RouteDeed.Unpublish(cluster, app)),
        () -> List.of(new VanishUnseen(cluster, app)));
  }

  /** A permission is soon given back; what a server cannot read or convert may take its time. */
  private ListRefused listRefused(int cluster) {
    var code = dice.one(403, 404, 500);
    var lasts = code == 500 && dice.percent(50) ? dice.within(Duration.ofHours(1)) : lasts();
    return new ListRefused(cluster, dice.one(RESOURCES), code, lasts);
  }

  Deed ofCloud() {
    var operation = dice.one(OPERATIONS);
    var percent = dice.one(10, 30, 60, 100);
    var lasts = lasts();
    return dice.deeds(
            () -> List.of(new Throttles(operation, percent, lasts)),
            () -> List.of(new Fails(operation, dice.one(500, 503), percent, lasts)),
            () -> List.of(new LosesAnswers(operation, percent, lasts)),
            () -> List.of(new DeliversTwice(operation, percent, lasts)),
            () ->
                List.of(new Delays(operation, dice.within(Duration.ofSeconds(20)), percent, lasts)),
            () -> List.of(new Lags(operation, dice.within(WINDOW), percent, lasts)),
            () -> List.of(new Denies(operation, percent, lasts)),
            () -> quota(percent, lasts))
        .getFirst();
  }

  private List<Deed> quota(int percent, Duration lasts) {
    var quota = dice.one(List.copyOf(QUOTAS.entrySet()));
    return List.of(new QuotaReached(quota.getKey(), quota.getValue(), percent, lasts));
  }

  private Duration lasts() {
    return dice.within(
        dice.one(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(10)));
  }

  private String verb() {
    return dice.one("*", "list", "watch", "patch", "create", "get");
  }

  private String definition() {
    return dice.one("targetgroupbindings.elbv2.k8s.aws", "ingressclassparams.elbv2.k8s.aws");
  }
}
