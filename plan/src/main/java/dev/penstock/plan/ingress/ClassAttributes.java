package dev.penstock.plan.ingress;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Attributes of annotations, over which those of the first member's class win per key. */
final class ClassAttributes {
  private ClassAttributes() {}

  static Map<String, String> settle(
      Standing standing,
      String what,
      List<Participant> participants,
      Function<Participant, Map<String, String>> annotated,
      Map<String, String> byClass,
      Map<String, String> inForce) {
    Function<Participant, Map<String, String>> free =
        participant -> {
          var attributes = new TreeMap<>(annotated.apply(participant));
          attributes.keySet().removeAll(byClass.keySet());
          return attributes;
        };
    var settled = new TreeMap<>(standing.settleEach(what, participants, free, inForce));
    settled.putAll(byClass);
    return settled;
  }
}
