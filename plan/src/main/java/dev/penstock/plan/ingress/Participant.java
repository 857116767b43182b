package dev.penstock.plan.ingress;

import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import dev.penstock.schemas.key.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A member with the intent that counts for it. {@code standing}: it has a say in what is shared; a
 * member that was never valid only keeps its place.
 */
record Participant(ObjectKey member, int order, IngressIntent intent, boolean standing) {

  Optional<ListenerSettings> listener(int port) {
    return intent.listeners().stream().filter(l -> l.port() == port).findFirst();
  }

  Map<String, String> tags() {
    return intent.tags();
  }

  List<Integer> ports() {
    return intent.listeners().stream().map(ListenerSettings::port).toList();
  }
}
