package dev.penstock.watchers.aws;

import dev.penstock.schemas.event.Observation;
import java.util.ArrayList;
import java.util.List;

/** Long lists as several observations, of which the last one says that nothing else is there. */
final class Parts {
  private Parts() {}

  /** One observation of some items. */
  interface Maker<T> {
    Observation make(List<T> some, boolean complete);
  }

  /** At least one part, also of nothing: that, too, is an answer. */
  static <T> List<Observation> of(List<T> items, int most, Maker<T> maker) {
    var parts = new ArrayList<Observation>();
    var from = 0;
    do {
      var to = Math.min(items.size(), from + most);
      parts.add(maker.make(List.copyOf(items.subList(from, to)), to == items.size()));
      from = to;
    } while (from < items.size());
    return parts;
  }
}
