package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** To which port plain HTTP is redirected (LBC 1.2 ssl-redirect, 4.6). */
final class RedirectRule {
  private RedirectRule() {}

  static Optional<Integer> port(
      StackDraft draft, List<Participant> participants, List<GroupListener> listeners) {
    var tls =
        listeners.stream()
            .filter(GroupListener::tls)
            .map(GroupListener::port)
            .collect(Collectors.toSet());
    var possible = participants.stream().filter(p -> leadsToHttps(draft, p, tls)).toList();
    return new Standing(draft)
        .settle(
            "ssl-redirect",
            Weight.TOLD,
            possible,
            p -> p.intent().loadBalancer().sslRedirectPort(),
            new LiveStack(draft)
                .redirect(
                    listeners.stream().filter(l -> !l.tls()).map(GroupListener::port).toList()));
  }

  private static boolean leadsToHttps(StackDraft draft, Participant participant, Set<Integer> tls) {
    var port = participant.intent().loadBalancer().sslRedirectPort();
    if (port.isEmpty()) {
      return false;
    }
    boolean found = tls.contains(port.get());
    if (!found) {
      draft.tell(
          participant.member(),
          "InvalidRedirect",
          Annotation.PREFIX
              + Annotation.SSL_REDIRECT.key()
              + ": \""
              + port.get()
              + "\" must be the port of an HTTPS listener of the group");
      draft.holdBack(participant.member());
    }
    return found;
  }
}
