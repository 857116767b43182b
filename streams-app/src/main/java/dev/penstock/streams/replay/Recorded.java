package dev.penstock.streams.replay;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Registrations;
import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.History;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A history and the scopes that are registered in it. */
record Recorded(History history, Registrations registrations) {

  static Recorded of(History history) throws LogFailed, IOException {
    var entries = new TreeMap<String, RegistryEntry>();
    var span = history.span(Topics.REGISTRY, 0);
    var decoder = WireDecoder.of(history.schemas(), RegistryEntry.class);
    try (var cursor = history.open(span, span.beginning())) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        var record = next.get();
        if (record.value().isEmpty()) {
          entries.remove(record.key());
        } else if (decoder.decode(record.value().get())
            instanceof Decoded.Ok<RegistryEntry>(var entry)) {
          entries.put(record.key(), entry);
        }
      }
    }
    return new Recorded(history, new Registrations(entries));
  }

  /**
   * The scopes by the partition that owns them; of all, or of these.
   *
   * @throws NotReplayable when one of these is not registered
   */
  SortedMap<Integer, List<Scope>> owned(Collection<Scope> wanted) throws NotReplayable {
    var owned = new TreeMap<Integer, List<Scope>>();
    for (var scope : wanted.isEmpty() ? registrations.scopes() : wanted) {
      var partition =
          registrations
              .partition(scope)
              .orElseThrow(() ->
                  new NotReplayable(
                      "scope %s is not registered in this log; there are %s"
                          .formatted(scope, registrations.scopes())));
      owned.computeIfAbsent(partition, _ -> new ArrayList<>()).add(scope);
    }
    return owned;
  }
}
