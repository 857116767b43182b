package dev.penstock.streams.replay;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.turn.AuditChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Walks the hash chain of each scope's audit: finds every record that was altered, dropped or moved
 * (I8), and a tail that was cut off before a known head. The checkpoints of the log are such heads.
 */
public final class ChainVerifier {
  private final History history;
  private final WireDecoder<AuditRecord> decoder;

  public ChainVerifier(History history) {
    this.history = history;
    this.decoder = WireDecoder.of(history.schemas(), AuditRecord.class);
  }

  /**
   * Checks these scopes (none: all, and those of which only a kept head tells).
   *
   * @throws NotReplayable when one of them is not registered, or there is none
   */
  public List<ChainReport> check(Collection<Scope> scopes, Collection<KnownHead> kept)
      throws LogFailed, IOException, NotReplayable {
    var recorded = Recorded.of(history);
    var reports = new ArrayList<>(lost(recorded, kept));
    var others = new ArrayList<>(scopes);
    others.removeAll(reports.stream().map(ChainReport::scope).toList());
    var onlyLost = scopes.isEmpty() ? !recorded.hasScopes() : others.isEmpty();
    if (reports.isEmpty() || !onlyLost) {
      for (var owned : recorded.owned(others).entrySet()) {
        reports.addAll(check(owned.getKey(), owned.getValue(), kept));
      }
    }
    reports.sort((a, b) -> a.scope().compareTo(b.scope()));
    return reports;
  }

  /** Scopes that had an audit record once, and are not even registered any more. */
  private static List<ChainReport> lost(Recorded recorded, Collection<KnownHead> kept) {
    var reports = new TreeMap<Scope, ScopeChain>();
    for (var head : kept) {
      if (recorded.registrations().partition(head.scope()).isEmpty()) {
        reports
            .computeIfAbsent(head.scope(), scope -> new ScopeChain(scope, true, List.of()))
            .erased(head.text() + ", is of a scope that is not registered in this log");
      }
    }
    return reports.values().stream().map(ScopeChain::report).toList();
  }

  private List<ChainReport> check(int partition, List<Scope> scopes, Collection<KnownHead> kept)
      throws LogFailed, IOException, NotReplayable {
    var span = history.span(Topics.AUDIT, partition);
    var heads = new ArrayList<>(kept);
    heads.addAll(checkpoints(partition));
    var chains = new TreeMap<Scope, ScopeChain>();
    for (var scope : scopes) {
      var own = heads.stream().filter(head -> head.scope().equals(scope)).toList();
      chains.put(scope, new ScopeChain(scope, span.beginning() == 0, own));
    }
    try (var cursor = history.open(span, span.beginning())) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        take(next.get(), chains);
      }
    }
    if (span.beginning() == 0) {
      erased(partition, chains);
    }
    return chains.values().stream().map(ScopeChain::report).toList();
  }

  /** Whatever a person decides is audited, so a scope with such a record has an audit record. */
  private void erased(int partition, Map<Scope, ScopeChain> chains) throws LogFailed, IOException {
    var empty = new TreeMap<>(chains);
    empty.values().removeIf(chain -> !chain.isEmpty());
    if (empty.isEmpty()) {
      return;
    }
    var events = WireDecoder.of(history.schemas(), Event.class);
    var span = history.span(Topics.EVENTS, partition);
    try (var cursor = history.open(span, span.beginning())) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        if (next.get().value().map(events::decode).orElse(null)
                instanceof Decoded.Ok<Event>(var event)
            && event.body() instanceof PersonFact
            && empty.containsKey(event.scope())) {
          empty
              .remove(event.scope())
              .erased("what a person decided is at position " + next.get().position());
        }
      }
    }
  }

  private List<KnownHead> checkpoints(int partition) throws LogFailed, IOException, NotReplayable {
    return new KeptCheckpoints(history, partition)
        .heads().stream()
            .filter(it -> !it.head().chainHash().equals(AuditChain.START))
            .map(it ->
                new KnownHead(
                    it.scope(),
                    OptionalLong.of(it.seq()),
                    it.head().chainHash(),
                    "the checkpoint of " + it.head().time()))
            .toList();
  }

  private void take(RawRecord raw, Map<Scope, ScopeChain> chains) {
    switch (raw.value().map(decoder::decode).orElseGet(ChainVerifier::none)) {
      case Decoded.Ok<AuditRecord>(var record) -> {
        var chain = chains.get(record.scope());
        if (chain != null) {
          chain.take(record, raw);
        }
      }
      case Decoded.Malformed<AuditRecord>(var reason) -> unreadable(raw, reason, chains);
      case Decoded.UnknownSchema<AuditRecord>(var id, var reason) ->
          unreadable(raw, "schema " + id + ": " + reason, chains);
    }
  }

  private static Decoded<AuditRecord> none() {
    return new Decoded.Malformed<>("it has no value");
  }

  private static void unreadable(RawRecord raw, String reason, Map<Scope, ScopeChain> chains) {
    RecordKeys.find(raw.key()).map(chains::get).ifPresent(chain -> chain.unreadable(raw, reason));
  }
}
