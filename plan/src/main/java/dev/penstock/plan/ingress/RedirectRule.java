package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import java.util.List;
import java.util.Optional;

/**
 * To which port plain HTTP is redirected (LBC 1.2 ssl-redirect, 4.6). Who is held back begins no
 * redirect: it would take the plain rules of all others away.
 */
final class RedirectRule {
  private final StackDraft draft;
  private final List<Integer> tls;
  private final InForce<Integer> inForce;

  RedirectRule(StackDraft draft, List<GroupListener> listeners) {
    this.draft = draft;
    this.tls = listeners.stream().filter(GroupListener::tls).map(GroupListener::port).toList();
    this.inForce =
        new LiveStack(draft)
            .redirect(listeners.stream().filter(l -> !l.tls()).map(GroupListener::port).toList());
  }

  Optional<Integer> port(List<Participant> participants) {
    var claimants =
        participants.stream()
            .filter(p -> leadsToHttps(p) && (!isHeldBack(p) || isLive(p)))
            .toList();
    return new Standing(draft)
        .settle("ssl-redirect", Weight.TOLD, claimants, RedirectRule::claim, inForce);
  }

  private static Optional<Integer> claim(Participant participant) {
    return participant.intent().loadBalancer().sslRedirectPort();
  }

  private boolean leadsToHttps(Participant participant) {
    var port = claim(participant);
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

  private boolean isHeldBack(Participant participant) {
    return draft.isHeldBack(participant.member());
  }

  private boolean isLive(Participant participant) {
    if (!inForce.known()) {
      draft.block("a member is held back, and whether its redirect is live is not known");
    }
    return claim(participant).filter(inForce.is()).isPresent();
  }
}
