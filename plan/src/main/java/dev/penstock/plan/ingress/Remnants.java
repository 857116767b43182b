package dev.penstock.plan.ingress;

import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.IngressIntent.BackendAction;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import dev.penstock.schemas.intent.IngressIntent.Plain;
import dev.penstock.schemas.intent.IngressIntent.RuleIntent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is left of an invalid member: its hosts and paths, each answered with a fixed 503, on the
 * ports that could be read. It says nothing about the load balancer (design §7, last good).
 */
final class Remnants {
  private static final List<BackendAction> REFUSAL = List.of(new Plain(FixedAnswers.REFUSED));

  private static final LoadBalancerSettings SILENT =
      new LoadBalancerSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          Map.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          false,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private Remnants() {}

  static IngressIntent of(IngressIntent intent) {
    return new IngressIntent(
        SILENT,
        intent.listeners(),
        intent.rules().stream().map(Remnants::refusing).toList(),
        intent.defaultBackend().map(_ -> REFUSAL),
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  /** The last good intent without the paths that the object no longer names. */
  static IngressIntent cut(IngressIntent lastGood, IngressIntent remnant) {
    Set<Place> named = remnant.rules().stream().map(Place::of).collect(Collectors.toSet());
    return new IngressIntent(
        lastGood.loadBalancer(),
        lastGood.listeners(),
        lastGood.rules().stream().filter(rule -> named.contains(Place.of(rule))).toList(),
        lastGood.defaultBackend().filter(_ -> remnant.defaultBackend().isPresent()),
        lastGood.targetGroups(),
        lastGood.tags(),
        lastGood.hosts(),
        lastGood.certificateHosts());
  }

  static RuleIntent refusing(RuleIntent rule) {
    return new RuleIntent(
        rule.identity(),
        rule.host(),
        rule.path(),
        rule.pathType(),
        rule.conditions(),
        REFUSAL,
        rule.transforms());
  }

  /** Where a rule stands in its Ingress. */
  private record Place(String host, String path, String pathType) {
    static Place of(RuleIntent rule) {
      return new Place(rule.host(), rule.path(), rule.pathType());
    }
  }
}
