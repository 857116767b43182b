package dev.penstock.sandbox.kubernetes.controllers;

import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.store.ExpiredException;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All stand-ins, in a fixed order, until none of them has anything left to do at this moment. */
public final class Controllers {
  private static final int MAX_ROUNDS = 10_000;

  private final ApiRules api;
  private final List<Controller> controllers;
  private long cursor = -1;

  Controllers(ApiRules api, List<Controller> controllers) {
    this.api = api;
    this.controllers = List.copyOf(controllers);
  }

  /** Runs until quiet; answers the next moment at which something is due. */
  public Instant settle(Instant now) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var changes = changes();
      cursor = api.store().revision();
      var next = Instant.MAX;
      for (var controller : controllers) {
        var due = controller.reconcile(changes, now);
        next = due.isBefore(next) ? due : next;
      }
      if (cursor == api.store().revision() && next.isAfter(now)) {
        return next;
      }
    }
    throw new IllegalStateException("the stand-ins never come to rest");
  }

  private List<StoreChange> changes() {
    try {
      if (cursor >= 0 && cursor <= api.store().revision()) {
        return api.store().since(cursor);
      }
    } catch (ExpiredException _) {
      // behind the log: begin anew, as a restarted controller does
    }
    controllers.forEach(Controller::reset);
    return everything();
  }

  private List<StoreChange> everything() {
    var all = new ArrayList<StoreChange>();
    var store = api.store();
    for (var kind : api.kinds().all()) {
      for (var object : store.list(kind.resource(), "")) {
        var metadata = object.path("metadata");
        var key =
            new StoreKey(
                kind.resource(),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
        all.add(new StoreChange.Added(metadata.path("resourceVersion").asLong(), key, object));
      }
    }
    return all;
  }

  /** Forgets everything that was remembered; another cluster stands here now. */
  public void reset() {
    cursor = -1;
  }
}
