package dev.penstock.plan.ingress;

import dev.penstock.plan.Order;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The room that the quota of one load balancer leaves for certificates beside the defaults of its
 * listeners: those in force have theirs, the others get it in the order of ports and members.
 */
final class CertificateRoom {
  private final StackDraft draft;
  private final CertificateChoice choice;
  private final LiveStack live;

  CertificateRoom(StackDraft draft, CertificateChoice choice) {
    this.draft = draft;
    this.choice = choice;
    this.live = new LiveStack(draft);
  }

  List<GroupListener> fit(List<GroupListener> listeners) {
    int limit =
        Math.max(
            draft.input.quotas().certificatesPerLoadBalancer(),
            listeners.stream().mapToInt(l -> besideDefault(inForce(l.port()))).sum());
    int wanted = listeners.stream().mapToInt(l -> besideDefault(l.certificates())).sum();
    if (wanted <= limit) {
      return List.copyOf(listeners);
    }
    if (listeners.stream().anyMatch(this::isUnknown)) {
      draft.block("how much room is left for certificates is not known yet");
      return List.copyOf(listeners);
    }
    int room = limit - listeners.stream().mapToInt(this::kept).sum();
    var fitting = new ArrayList<GroupListener>();
    for (GroupListener listener : listeners) {
      var left = new HashSet<Link>();
      for (Link link : newOnes(listener)) {
        if (room-- <= 0) {
          left.add(link);
        }
      }
      tell(listener, left, limit, wanted);
      fitting.add(
          listener.withCertificates(
              listener.certificates().stream().filter(link -> !left.contains(link)).toList()));
    }
    return List.copyOf(fitting);
  }

  private void tell(GroupListener listener, Set<Link> left, int limit, int wanted) {
    var found = live.listener(listener.port());
    for (Participant participant : listener.participants()) {
      if (!participant.standing() || left.isEmpty()) {
        continue;
      }
      var its = choice.of(participant, listener.port(), found);
      var lost = its.stream().filter(left::contains).map(Order::id).toList();
      if (!lost.isEmpty()) {
        draft.tell(
            participant.member(),
            Shortage.REASON,
            "a load balancer may have %d certificates beside its listeners' defaults, and %d are wanted: port %d goes without %s"
                .formatted(limit, wanted, listener.port(), lost));
      }
    }
  }

  private static int besideDefault(List<Link> certificates) {
    return Math.max(0, certificates.size() - 1);
  }

  private static List<Link> others(GroupListener listener) {
    return listener.certificates().stream().skip(1).toList();
  }

  private int kept(GroupListener listener) {
    return besideDefault(listener.certificates()) - newOnes(listener).size();
  }

  /** What the listener does not have yet. */
  private List<Link> newOnes(GroupListener listener) {
    var inForce = Set.copyOf(inForce(listener.port()));
    return others(listener).stream()
        .filter(link -> !inForce.contains(Order.resolve(link, draft.input.cloud()::presence)))
        .toList();
  }

  private List<Link> inForce(int port) {
    return live.listener(port).map(ListenerSpec::certificates).orElse(List.of());
  }

  private boolean isUnknown(GroupListener listener) {
    var key = draft.key(ResourceKind.LISTENER, Integer.toString(listener.port()));
    return draft.input.cloud().presence(key) instanceof Unknown;
  }
}
