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

  /**
   * Reads its registry.
   *
   * @throws NotReplayable when an entry that counts cannot be read
   */
  static Recorded of(History history) throws LogFailed, IOException, NotReplayable {
    var entries = new TreeMap<String, RegistryEntry>();
    var unreadable = new TreeMap<String, String>();
    var span = history.span(Topics.REGISTRY, 0);
    var decoder = WireDecoder.of(history.schemas(), RegistryEntry.class);
    try (var cursor = history.open(span, span.beginning())) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        var record = next.get();
        unreadable.remove(record.key());
        entries.remove(record.key());
        switch (record.value().map(decoder::decode).orElse(null)) {
          case Decoded.Ok<RegistryEntry>(var entry) -> entries.put(record.key(), entry);
          case Decoded.Malformed<RegistryEntry>(var reason) -> unreadable.put(record.key(), reason);
          case Decoded.UnknownSchema<RegistryEntry>(var id, var reason) ->
              unreadable.put(record.key(), "schema " + id + ": " + reason);
          case null -> {}
        }
      }
    }
    if (!unreadable.isEmpty()) {
      var first = unreadable.firstEntry();
      throw new NotReplayable(
          "which scopes there are is not known: %d entries of penstock.registry cannot be read, the"
              + " first is %s: %s",
          unreadable.size(), first.getKey(), first.getValue());
    }
    return new Recorded(history, new Registrations(entries));
  }

  boolean hasScopes() {
    return !registrations.scopes().isEmpty();
  }

  /**
   * The scopes by the partition that owns them; of all, or of these.
   *
   * @throws NotReplayable when one of these is not registered, or there is none at all
   */
  SortedMap<Integer, List<Scope>> owned(Collection<Scope> wanted) throws NotReplayable {
    if (!hasScopes()) {
      throw new NotReplayable(
          "no scope is registered in this log, so there is nothing to read;"
              + " `penstock cluster register` registers the first one");
    }
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
