package dev.penstock.plan.ingress;

import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import java.util.List;

/** Puts one member's intent together. What is wrong is collected; the rest is read all the same. */
final class IntentReader {
  private IntentReader() {}

  static IngressIntent read(MemberSource source) {
    LoadBalancerSettings loadBalancer = LoadBalancerReader.read(source);
    List<ListenerSettings> listeners = ListenerReader.read(source);
    var tags = TagRules.ofMember(source);
    var unchecked =
        loadBalancer.sslRedirectPort().isPresent() ? List.<Integer>of() : plainPorts(listeners);
    var backends =
        new BackendReader(source, new TargetGroupReader(source), anyTls(listeners), unchecked);
    var rules = new RuleReader(source, backends).read();
    var defaultBackend = source.ingress().defaultBackend().map(backends::read);
    return new IngressIntent(
        loadBalancer,
        listeners,
        rules,
        defaultBackend,
        backends.targetGroups(),
        tags,
        HostReader.read(source),
        ListenerReader.certificateHosts(source, listeners),
        FrontendReader.read(source, listeners),
        new CertificateReader(source).request(),
        ProtectionReader.read(source));
  }

  private static boolean anyTls(List<ListenerSettings> listeners) {
    return listeners.stream().anyMatch(l -> l.protocol().equals(ListenerReader.HTTPS));
  }

  private static List<Integer> plainPorts(List<ListenerSettings> listeners) {
    return listeners.stream()
        .filter(l -> l.protocol().equals(ListenerReader.HTTP))
        .map(ListenerSettings::port)
        .toList();
  }
}
