package dev.penstock.roles;

import com.sun.net.httpserver.HttpHandler;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.TakeBack;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.query.QueryApi;
import dev.penstock.streams.query.TopicRegistrar;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.topology.Reconciler;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** The reconciler of this process. */
public record StreamStage(OpenLog log, Reconciler reconciler, InstantSource clock)
    implements Stage {
  /** Names the group, the changelogs and the transactions of the reconciler; never change it. */
  public static final String APPLICATION = "penstock-stream";

  /**
   * One instance among those that share the work. Its id is kept over restarts; others reach its
   * API at the address.
   */
  public record Instance(
      String id, String address, int standbyReplicas, Path folder, TakeBack takeBack) {
    /** Takes nothing back from newer deciding code. */
    public Instance(String id, String address, int standbyReplicas, Path folder) {
      this(id, address, standbyReplicas, folder, TakeBack.nothing());
    }
  }

  /** Decides on its share of the scopes. */
  public static StreamStage start(OpenLog log, Instance instance, InstantSource clock)
      throws LogFailed, InterruptedException {
    var role =
        new StreamRole(
            log.connection(),
            log.catalogue(),
            log.catalogue().prefix() + APPLICATION,
            instance.id(),
            instance.address(),
            instance.standbyReplicas(),
            log.sessionMillis(),
            instance.folder(),
            instance.takeBack());
    var reconciler = role.open(log.schemas(), log.registrations());
    reconciler.start();
    return new StreamStage(log, reconciler, clock);
  }

  /** The API of people under {@code /v1/}; {@code tokens} says who may decide. */
  public HttpHandler api(Map<String, String> tokens) {
    var writes = new PeopleWrites(log.log(), new TopicRegistrar(log.registrations()));
    return new QueryApi(reconciler::tables, writes, reconciler.owners(), tokens);
  }

  @Override
  public boolean ready() {
    return reconciler.ready();
  }

  @Override
  public boolean failed() {
    return reconciler.failed();
  }

  @Override
  public void measure(MetricsText into) {
    var meters = reconciler.meters();
    SortedMap<String, Long> rows = new TreeMap<>();
    var verdicts = new TreeMap<String, Long>();
    try {
      var tables = reconciler.tables();
      rows = tables.sizes();
      tables
          .scan(Table.VERDICTS, "")
          .forEach(entry -> verdicts.merge(entry.row().verdict().text(), 1L, Long::sum));
    } catch (InvalidStateStoreException _) {
      // The tables move between instances: whoever asks next is told.
    }
    new StreamFigures(
            meters.totals(),
            meters.lastAppendMillis(),
            meters.lastDecisionMillis(),
            reconciler.lags(),
            rows,
            verdicts,
            clock.millis())
        .write(into);
  }

  @Override
  public void stop() {
    reconciler.close();
  }
}
