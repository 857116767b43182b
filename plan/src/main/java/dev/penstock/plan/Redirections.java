package dev.penstock.plan;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Listeners that send all their clients to the HTTPS of another port of the same load balancer. A
 * live one begins it when a listener takes them there: until then its own rules serve.
 */
public final class Redirections {
  private static final String HTTPS = "HTTPS";

  private Redirections() {}

  /** The port to which the listener sends its clients, if it does. */
  public static Optional<String> port(ListenerSpec listener) {
    return listener.defaultActions().stream().findFirst().orElse(null)
                instanceof Action.Redirect(var protocol, var host, var port, _, _, _)
            && protocol.equals(HTTPS)
            && (host.isEmpty() || host.equals("#{host}"))
        ? Optional.of(port)
        : Optional.empty();
  }

  /** The port to which a live listener shall send its clients, and does not yet. */
  public static Optional<String> begins(ListenerSpec wanted, ListenerSpec live) {
    return port(wanted).filter(to -> !port(live).equals(Optional.of(to)));
  }

  /** Whether the listener is the one to which clients of that port come by a redirect. */
  public static boolean leadsTo(String port, ListenerSpec listener) {
    return takesHttps(listener) && port.equals(Integer.toString(listener.port()));
  }

  /**
   * The update of a live listener; without the redirect that begins with it while the listener
   * {@code to} which that leads is not there or takes no HTTPS.
   */
  public static Verdict ordered(Verdict.Update update, ResourceKey to, Presence there) {
    if (there instanceof Present(LiveListener(_, var listener)) && takesHttps(listener)) {
      return update;
    }
    var aspects = new ArrayList<>(update.aspects());
    aspects.remove(Aspect.DEFAULT_ACTIONS);
    return !aspects.isEmpty()
            && update.observed() instanceof LiveListener live
            && update.desired() instanceof ListenerSpec wanted
        ? new Verdict.Update(live, wanted.withDefaultActions(live.spec().defaultActions()), aspects)
        : new Verdict.Blocked(
            List.of(to),
            "redirects to "
                + to.kind().text()
                + " "
                + to.id()
                + " and waits for it to be there and take "
                + HTTPS);
  }

  private static boolean takesHttps(ListenerSpec listener) {
    return listener.protocol().equals(HTTPS);
  }
}
