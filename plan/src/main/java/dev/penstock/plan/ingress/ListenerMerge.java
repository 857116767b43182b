package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.ListenerSpec.MutualAuthentication;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Settles the listeners of a group port by port (LBC 1.2, 4.5). */
final class ListenerMerge {
  private static final String OFF = "off";

  private final StackDraft draft;
  private final List<Participant> participants;
  private final CertificateChoice certificates;
  private final Standing standing;
  private final LiveStack live;
  private final NameChoice names;

  ListenerMerge(StackDraft draft, List<Participant> participants, CertificateChoice certificates) {
    this.draft = draft;
    this.participants = participants;
    this.certificates = certificates;
    this.standing = new Standing(draft);
    this.live = new LiveStack(draft);
    this.names = new NameChoice(draft);
  }

  List<GroupListener> merge() {
    var listeners = new ArrayList<GroupListener>();
    byPort().forEach((port, onPort) -> listeners.add(merge(port, onPort)));
    return new CertificateRoom(draft, certificates).fit(listeners);
  }

  /** Who listens where; a member whose ports cannot be read keeps its place on every port. */
  private Map<Integer, List<Participant>> byPort() {
    var byPort = new TreeMap<Integer, List<Participant>>();
    participants.stream()
        .filter(Participant::standing)
        .flatMap(participant -> participant.ports().stream())
        .forEach(port -> byPort.put(port, new ArrayList<>()));
    for (Participant participant : participants) {
      boolean everywhere = !participant.standing() && participant.ports().isEmpty();
      for (int port : everywhere ? byPort.keySet() : new TreeSet<>(participant.ports())) {
        Optional.ofNullable(byPort.get(port)).ifPresent(onPort -> onPort.add(participant));
      }
    }
    return byPort;
  }

  private GroupListener merge(int port, List<Participant> onPort) {
    var protocol =
        new Settings(onPort, port)
            .settle(
                "protocol",
                Weight.TOLD,
                l -> Optional.of(l.protocol()),
                live.listener(port, spec -> Optional.of(spec.protocol())))
            .orElse(ListenerReader.HTTP);
    var agreed = onPort.stream().filter(p -> speaks(p, port, protocol)).toList();
    var settings = new Settings(agreed, port);
    return new GroupListener(
        port,
        protocol,
        agreed,
        protocol.equals(ListenerReader.HTTPS) ? certificates(agreed, port) : List.of(),
        settings.settle(
            "ssl-policy",
            Weight.HELD_BACK,
            ListenerSettings::sslPolicy,
            live.listener(port, ListenerSpec::sslPolicy)),
        mutualAuthentication(agreed, port),
        settings.settleList(
            "inbound-cidrs", ListenerSettings::inboundCidrs, live.inboundCidrs(port)),
        settings.settleList(
            "security-group-prefix-lists", ListenerSettings::prefixLists, live.prefixLists(port)),
        attributes(agreed, port));
  }

  /** A trust store that is not there guards nobody: its member has no say. */
  private Optional<MutualAuthentication> mutualAuthentication(List<Participant> agreed, int port) {
    return standing
        .settle(
            "mutual-authentication of port " + port,
            Weight.HELD_BACK,
            agreed,
            p -> mutual(p, port).flatMap(mutual -> withTrustStore(p, mutual)),
            live.listener(port, ListenerSpec::mutualAuthentication))
        .or(() -> switchedOff(agreed, port));
  }

  private static Optional<MutualAuthentication> mutual(Participant participant, int port) {
    return participant.listener(port).flatMap(ListenerSettings::mutualAuthentication);
  }

  /** By LBC's gate what nobody asks for any more is off; without it only words switch it off. */
  private Optional<MutualAuthentication> switchedOff(List<Participant> agreed, int port) {
    boolean unasked = agreed.stream().allMatch(p -> p.standing() && mutual(p, port).isEmpty());
    var on =
        live.listener(port)
            .flatMap(ListenerSpec::mutualAuthentication)
            .filter(mutual -> unasked && !mutual.mode().equals(OFF));
    if (on.isEmpty() || draft.settings().gate("EnhancedDefaultBehavior", false)) {
      return on.map(_ -> new MutualAuthentication(OFF, none(), none(), none()));
    }
    var what = "mutual-authentication of port " + port + " (" + on.get().mode() + ")";
    draft.tellKept(agreed, LoadBalancerBuilder.SETTING_KEPT, what, OFF);
    return Optional.empty();
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private Optional<MutualAuthentication> withTrustStore(
      Participant participant, MutualAuthentication mutual) {
    var given = mutual.trustStoreArn();
    if (given.isEmpty() || given.get().startsWith("arn:")) {
      return Optional.of(mutual);
    }
    return names
        .id(participant, Named.Kind.TRUST_STORE, given.get())
        .map(arn ->
            new MutualAuthentication(
                mutual.mode(),
                Optional.of(arn),
                mutual.ignoreClientCertificateExpiry(),
                mutual.advertiseTrustStoreCaNames()));
  }

  /** The settings of the members that listen on one port. */
  private final class Settings {
    private final List<Participant> onPort;
    private final int port;

    Settings(List<Participant> onPort, int port) {
      this.onPort = onPort;
      this.port = port;
    }

    <T> Optional<T> settle(
        String name,
        Weight weight,
        Function<ListenerSettings, Optional<T>> claim,
        InForce<T> inForce) {
      return standing.settle(
          name + " of port " + port, weight, onPort, p -> p.listener(port).flatMap(claim), inForce);
    }

    /** Who may connect: in any order, and an empty list claims nothing. */
    List<String> settleList(
        String name, Function<ListenerSettings, List<String>> claim, InForce<Set<String>> inForce) {
      return settle(name, Weight.HELD_BACK, l -> set(claim.apply(l)), inForce)
          .map(List::copyOf)
          .orElse(List.of());
    }
  }

  /** The certificates of one member on a port. */
  private record Own(Participant participant, List<Link> certificates) {}

  /** The default certificate first, then all others of all members. */
  private List<Link> certificates(List<Participant> agreed, int port) {
    var found = live.listener(port);
    var own = new ArrayList<Own>();
    for (Participant participant : agreed) {
      if (participant.standing()) {
        own.add(new Own(participant, certificates.of(participant, port, found)));
      }
    }
    var inForce = found.map(ListenerSpec::certificates).orElse(List.of());
    var each = usable(own, !inForce.isEmpty());
    if (each.isEmpty()) {
      return inForce;
    }
    int keeper = inForce.isEmpty() ? 0 : keeper(each, inForce.getFirst());
    var others = new LinkedHashSet<Link>();
    for (int i = 0; i < each.size(); i++) {
      var its = each.get(i).certificates();
      others.addAll(i == keeper ? its.subList(1, its.size()) : its);
    }
    var all = new ArrayList<>(List.of(each.get(keeper).certificates().getFirst()));
    all.addAll(others);
    return List.copyOf(all);
  }

  /** What is not issued yet keeps nobody waiting who has a certificate. */
  private List<Own> usable(List<Own> own, boolean anyInForce) {
    boolean waits =
        !anyInForce
            && own.stream().flatMap(o -> o.certificates().stream()).noneMatch(certificates::usable);
    return own.stream()
        .map(o ->
            new Own(
                o.participant(),
                o.certificates().stream().filter(c -> waits || certificates.usable(c)).toList()))
        .filter(o -> !o.certificates().isEmpty())
        .toList();
  }

  /** Whose default is that of the listener. */
  private int keeper(List<Own> own, Link inForce) {
    for (int i = 0; i < own.size(); i++) {
      if (certificates.isOf(own.get(i).participant(), own.get(i).certificates(), inForce)) {
        return i;
      }
    }
    return 0;
  }

  private Map<String, String> attributes(List<Participant> agreed, int port) {
    return new ClassAttributes(
            p -> p.listener(port).map(ListenerSettings::attributes).orElse(Map.of()),
            p -> p.listener(port).map(ListenerSettings::classAttributes).orElse(Map.of()))
        .settle(
            standing,
            "listener-attributes of port " + port,
            agreed,
            key -> live.listener(port, spec -> Optional.ofNullable(spec.attributes().get(key))));
  }

  private static boolean speaks(Participant participant, int port, String protocol) {
    return participant.listener(port).map(l -> l.protocol().equals(protocol)).orElse(true);
  }

  private static Optional<Set<String>> set(List<String> items) {
    return items.isEmpty() ? Optional.empty() : Optional.of(new LinkedHashSet<>(items));
  }
}
