package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a live listener may begin to redirect. */
final class RedirectionsTest {
  private static final ResourceKey TO = Specs.key(ResourceKind.LISTENER, "8443");
  private static final ListenerSpec SERVING = plain(Specs.forward("arn:tg"));
  private static final ListenerSpec REDIRECTING = plain(redirect("HTTPS", "", "8443"));

  @Test
  void aListenerBeginsToRedirectUnlessItDoesAlready() {
    var to = Optional.of("8443");
    assertEquals(to, Redirections.begins(REDIRECTING, SERVING));
    assertEquals(to, begins(redirect("HTTPS", "#{host}", "8443"), SERVING));
    assertEquals(to, Redirections.begins(REDIRECTING, plain(redirect("HTTPS", "", "443"))));
    var filled = plain(redirect("HTTPS", "#{host}", "8443"));
    assertEquals(Optional.empty(), Redirections.begins(REDIRECTING, filled));
    assertEquals(Optional.empty(), Redirections.begins(SERVING, REDIRECTING));
  }

  @Test
  void anotherHostOrPlainHttpIsNoListenerOfOurs() {
    assertEquals(Optional.empty(), begins(redirect("HTTPS", "other.example", "8443"), SERVING));
    assertEquals(Optional.empty(), begins(redirect("HTTP", "", "8443"), SERVING));
  }

  @Test
  void aRedirectWaitsForAListenerThatTakesHttps() {
    var update = update(Aspect.DEFAULT_ACTIONS);
    var sentence = "redirects to Listener 8443 and waits for it to be there and take HTTPS";
    var blocked = new Verdict.Blocked(List.of(TO), sentence);
    assertEquals(blocked, Redirections.ordered(update, TO, new Missing()));
    assertEquals(blocked, Redirections.ordered(update, TO, there("HTTP")));
    assertEquals(update, Redirections.ordered(update, TO, there("HTTPS")));
  }

  @Test
  void whatElseChangesDoesNotWait() {
    var both = update(Aspect.DEFAULT_ACTIONS, Aspect.TAGS);
    var rest = new Verdict.Update(Specs.live(SERVING), SERVING, List.of(Aspect.TAGS));
    assertEquals(rest, Redirections.ordered(both, TO, new Missing()));
    assertEquals(both, Redirections.ordered(both, TO, there("HTTPS")));
  }

  private static Verdict.Update update(Aspect... aspects) {
    return new Verdict.Update(Specs.live(SERVING), REDIRECTING, List.of(aspects));
  }

  private static Optional<String> begins(Action action, ListenerSpec live) {
    return Redirections.begins(plain(action), live);
  }

  private static Presence there(String protocol) {
    return new Present(Specs.live(Specs.listener(protocol, List.of(), List.of())));
  }

  private static ListenerSpec plain(Action action) {
    return Specs.listener("HTTP", List.of(), List.of(action));
  }

  private static Action redirect(String protocol, String host, String port) {
    return new Action.Redirect(protocol, host, port, "", "", "HTTP_301");
  }
}
