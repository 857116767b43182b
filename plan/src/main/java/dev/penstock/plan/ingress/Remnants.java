package dev.penstock.plan.ingress;

import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.IngressIntent.BackendAction;
import dev.penstock.schemas.intent.IngressIntent.HostIntent;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import dev.penstock.schemas.intent.IngressIntent.Plain;
import dev.penstock.schemas.intent.IngressIntent.ProtectionSettings;
import dev.penstock.schemas.intent.IngressIntent.RuleIntent;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Invalid;
import dev.penstock.schemas.intent.MemberIntent.Valid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is left of an invalid member: its hosts and paths, each answered with a fixed 503, on its
 * ports if these could be read. It says nothing about the load balancer (design §7, last good).
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

  static IngressIntent of(MemberSource source, IngressIntent intent) {
    return new IngressIntent(
        SILENT,
        intent.listeners(),
        intent.rules().stream().map(Remnants::refusing).toList(),
        intent.defaultBackend().map(_ -> REFUSAL),
        List.of(),
        Map.of(),
        intent.hosts(),
        ListenerReader.namedHosts(source),
        Optional.empty(),
        Optional.empty(),
        ProtectionSettings.silent());
  }

  /** What takes the place of a member that was never valid: no name leads to it. */
  static IngressIntent alone(IngressIntent remnant) {
    return remnant.withHosts(List.of(), List.of());
  }

  /** The remnant of a member whose ports nobody can tell. */
  static IngressIntent withoutPorts(IngressIntent remnant) {
    return remnant.withListeners(List.of());
  }

  /** What was last good, without what the object of an invalid member no longer names. */
  static MemberIntent cut(MemberIntent lastGood, MemberIntent current) {
    return lastGood.state() instanceof Valid(var intent, var warnings)
            && current.state() instanceof Invalid(_, var remnant, _)
            && remnant.isPresent()
        ? lastGood.withState(new Valid(cut(intent, remnant.get()), warnings))
        : lastGood;
  }

  /** The last good intent without the paths, ports and hosts that the object no longer names. */
  private static IngressIntent cut(IngressIntent lastGood, IngressIntent remnant) {
    var places = remnant.rules().stream().map(Place::of).collect(Collectors.toSet());
    var names = remnant.hosts().stream().map(HostIntent::host).collect(Collectors.toSet());
    var listeners = listeners(lastGood, remnant);
    return lastGood
        .withLoadBalancer(redirecting(lastGood.loadBalancer(), lastGood.listeners(), listeners))
        .withListeners(listeners)
        .withRules(
            lastGood.rules().stream().filter(rule -> places.contains(Place.of(rule))).toList(),
            lastGood.defaultBackend().filter(_ -> remnant.defaultBackend().isPresent()))
        .withHosts(
            lastGood.hosts().stream().filter(host -> names.contains(host.host())).toList(),
            kept(lastGood.certificateHosts(), remnant.certificateHosts()::contains));
  }

  private static List<ListenerSettings> listeners(IngressIntent lastGood, IngressIntent remnant) {
    var ports = remnant.listeners().stream().map(ListenerSettings::port).toList();
    return kept(lastGood.listeners(), listener -> ports.contains(listener.port()));
  }

  /** If nothing is left it could not be read, or it is replaced, and a replacement waits. */
  private static <T> List<T> kept(List<T> lastGood, Predicate<T> named) {
    var kept = lastGood.stream().filter(named).toList();
    return kept.isEmpty() ? lastGood : kept;
  }

  /** Without a redirect to a port that went. */
  private static LoadBalancerSettings redirecting(
      LoadBalancerSettings it, List<ListenerSettings> before, List<ListenerSettings> left) {
    var gone = before.stream().filter(l -> !left.contains(l)).map(ListenerSettings::port).toList();
    return it.withSslRedirectPort(it.sslRedirectPort().filter(port -> !gone.contains(port)));
  }

  private static RuleIntent refusing(RuleIntent rule) {
    return rule.withActions(REFUSAL);
  }

  /** Where a rule stands in its Ingress. */
  private record Place(String host, String path, String pathType) {
    static Place of(RuleIntent rule) {
      return new Place(rule.host(), rule.path(), rule.pathType());
    }
  }
}
