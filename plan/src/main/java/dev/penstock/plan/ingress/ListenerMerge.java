package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Settles the listeners of a group port by port (LBC 1.2, 4.5). */
final class ListenerMerge {
  private final StackDraft draft;
  private final List<Participant> participants;
  private final CertificateChoice certificates;
  private final Standing standing;

  ListenerMerge(StackDraft draft, List<Participant> participants, CertificateChoice certificates) {
    this.draft = draft;
    this.participants = participants;
    this.certificates = certificates;
    this.standing = new Standing(draft);
  }

  List<GroupListener> merge() {
    var ports = new TreeSet<Integer>();
    participants.stream().filter(Participant::standing).forEach(p -> ports.addAll(p.ports()));
    var listeners = new ArrayList<GroupListener>();
    for (int port : ports) {
      listeners.add(merge(port));
    }
    return List.copyOf(listeners);
  }

  private GroupListener merge(int port) {
    var onPort = participants.stream().filter(p -> listensOn(p, port)).toList();
    Optional<ListenerSpec> live =
        draft
            .live(draft.key(ResourceKind.LISTENER, Integer.toString(port)))
            .flatMap(l ->
                l instanceof Live.LiveListener(_, var spec) ? Optional.of(spec) : Optional.empty());
    var protocol =
        settle(
                "protocol of port " + port,
                Weight.TOLD,
                onPort,
                port,
                l -> Optional.of(l.protocol()),
                live.map(ListenerSpec::protocol))
            .orElse(ListenerReader.HTTP);
    var agreed = onPort.stream().filter(p -> speaks(p, port, protocol)).toList();
    var policy =
        settle(
            "ssl-policy of port " + port,
            Weight.HELD_BACK,
            agreed,
            port,
            ListenerSettings::sslPolicy,
            live.flatMap(ListenerSpec::sslPolicy));
    var mutual =
        settle(
            "mutual-authentication of port " + port,
            Weight.HELD_BACK,
            agreed,
            port,
            ListenerSettings::mutualAuthentication,
            live.flatMap(ListenerSpec::mutualAuthentication));
    var cidrs =
        settle(
            "inbound-cidrs of port " + port,
            Weight.HELD_BACK,
            agreed,
            port,
            l -> set(l.inboundCidrs()),
            Optional.empty());
    var prefixLists =
        settle(
            "security-group-prefix-lists of port " + port,
            Weight.HELD_BACK,
            agreed,
            port,
            l -> set(l.prefixLists()),
            Optional.empty());
    return new GroupListener(
        port,
        protocol,
        agreed,
        protocol.equals(ListenerReader.HTTPS) ? certificates(agreed, port, live) : List.of(),
        policy,
        mutual,
        List.copyOf(cidrs.orElse(new LinkedHashSet<>())),
        List.copyOf(prefixLists.orElse(new LinkedHashSet<>())),
        attributes(agreed, port, live));
  }

  private List<String> certificates(
      List<Participant> agreed, int port, Optional<ListenerSpec> live) {
    var all = new ArrayList<String>();
    for (Participant participant : agreed) {
      if (participant.standing()) {
        var own = certificates.of(participant, port, live.isPresent());
        var sni = all.isEmpty() && !own.isEmpty() ? own.subList(1, own.size()) : own;
        if (all.isEmpty() && !own.isEmpty()) {
          all.add(own.getFirst());
        }
        for (String arn : sni) {
          if (!all.subList(1, all.size()).contains(arn)) {
            all.add(arn);
          }
        }
      }
    }
    return all.isEmpty()
        ? live.map(ListenerSpec::certificates).orElse(List.of())
        : List.copyOf(all);
  }

  /** Attributes of the class count for the first member of the group only (LBC 3.1). */
  private Map<String, String> attributes(
      List<Participant> agreed, int port, Optional<ListenerSpec> live) {
    Map<String, String> byClass =
        agreed.stream()
            .filter(Participant::standing)
            .findFirst()
            .flatMap(p -> p.listener(port))
            .map(ListenerSettings::classAttributes)
            .orElse(Map.of());
    return ClassAttributes.settle(
        standing,
        "listener-attributes of port " + port,
        agreed,
        p -> p.listener(port).map(ListenerSettings::attributes).orElse(Map.of()),
        byClass,
        live.map(ListenerSpec::attributes).orElse(Map.of()));
  }

  private <T> Optional<T> settle(
      String what,
      Weight weight,
      List<Participant> onPort,
      int port,
      Function<ListenerSettings, Optional<T>> claim,
      Optional<T> inForce) {
    return standing.settle(what, weight, onPort, p -> p.listener(port).flatMap(claim), inForce);
  }

  private static boolean speaks(Participant participant, int port, String protocol) {
    return participant.listener(port).map(l -> l.protocol().equals(protocol)).orElse(true);
  }

  /** A member whose ports cannot be read keeps its place on every port. */
  private static boolean listensOn(Participant participant, int port) {
    return participant.listener(port).isPresent()
        || !participant.standing() && participant.intent().listeners().isEmpty();
  }

  private static Optional<LinkedHashSet<String>> set(List<String> items) {
    return items.isEmpty() ? Optional.empty() : Optional.of(new LinkedHashSet<>(items));
  }
}
