package dev.penstock.streams.fold;

import dev.penstock.plan.Sightings;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a first complete read adds to the answer of a create (attributes with their defaults, the
 * minimum capacity) is no change: two specs are the same as far as the older one says anything.
 */
final class KnownPart {
  private KnownPart() {}

  static boolean same(ResourceSpec known, ResourceSpec seen) {
    return Sightings.agree(known, cut(known, seen));
  }

  private static ResourceSpec cut(ResourceSpec known, ResourceSpec seen) {
    if (known instanceof LoadBalancerSpec k && seen instanceof LoadBalancerSpec s) {
      return s.withMinimumCapacityUnits(
              s.minimumCapacityUnits().filter(_ -> k.minimumCapacityUnits().isPresent()))
          .withAttributes(cut(k.attributes(), s.attributes()));
    }
    if (known instanceof TargetGroupSpec k && seen instanceof TargetGroupSpec s) {
      return s.withAttributes(cut(k.attributes(), s.attributes()));
    }
    if (known instanceof ListenerSpec k && seen instanceof ListenerSpec s) {
      return s.withAttributes(cut(k.attributes(), s.attributes()));
    }
    return seen;
  }

  private static Map<String, String> cut(Map<String, String> known, Map<String, String> seen) {
    var result = new TreeMap<>(seen);
    result.keySet().retainAll(known.keySet());
    return result;
  }
}
