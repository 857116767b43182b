package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Attributes of annotations, over which those of the class win per key. The class of the first
 * member of the group counts (LBC 3.1), and what another member put in force stays.
 */
record ClassAttributes(
    Function<Participant, Map<String, String>> annotated,
    Function<Participant, Map<String, String>> byClass) {

  Map<String, String> settle(
      Standing standing,
      String what,
      List<Participant> participants,
      Function<String, InForce<String>> inForce) {
    var keys = new TreeSet<String>();
    var members = participants.stream().filter(Participant::standing).toList();
    members.forEach(p -> keys.addAll(byClass.apply(p).keySet()));
    var settled = new TreeMap<String, String>();
    for (String key : keys) {
      var live = inForce.apply(key);
      standing
          .settle(
              what + " " + key,
              Weight.TOLD,
              members,
              p -> p.equals(members.getFirst()) ? ofClass(p, key) : kept(p, key, live),
              live)
          .ifPresent(value -> settled.put(key, value));
    }
    Function<Participant, Map<String, String>> free =
        participant -> {
          var attributes = new TreeMap<>(annotated.apply(participant));
          attributes.keySet().removeAll(settled.keySet());
          return attributes;
        };
    settled.putAll(standing.settleEach(what, participants, free, inForce));
    return settled;
  }

  private Optional<String> ofClass(Participant participant, String key) {
    return Optional.ofNullable(byClass.apply(participant).get(key));
  }

  /** Against the class of the first member others speak only for what is in force. */
  private Optional<String> kept(Participant participant, String key, InForce<String> live) {
    return ofClass(participant, key)
        .or(() -> Optional.ofNullable(annotated.apply(participant).get(key)))
        .filter(live.is());
  }
}
