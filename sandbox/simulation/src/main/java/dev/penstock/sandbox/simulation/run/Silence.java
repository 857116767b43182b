package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * I5: from its making on no command is decided and nothing is read but by the sweep and the slow
 * look at health.
 */
final class Silence {
  private static final String HEALTH = "DescribeTargetHealth";
  private static final int SHOWN = 10;

  private final Pipeline pipeline;
  private final List<Scope> scopes;
  private final long calls;
  private final int decided;

  Silence(Pipeline pipeline, List<Scope> scopes) {
    this.pipeline = pipeline;
    this.scopes = scopes;
    this.calls = pipeline.aws().requests().last();
    this.decided = pipeline.audit().size();
  }

  /** What broke it during this time. */
  List<String> broken(Duration during) {
    var broken = new ArrayList<String>();
    var audit = pipeline.audit();
    for (var record : audit.subList(decided, audit.size())) {
      switch (record.entry()) {
        case AuditEntry.Decided it when !(it.operation() instanceof Operation.Observe) ->
            broken.add("command " + it.key() + " because " + it.cause().sentence());
        case AuditEntry.KubernetesDecided it ->
            broken.add("write to " + it.object() + " because " + it.cause().sentence());
        case AuditEntry _ -> {}
      }
    }
    reads(during, broken);
    return broken.size() > SHOWN ? broken.subList(0, SHOWN) : broken;
  }

  private void reads(Duration during, List<String> broken) {
    var counts = new TreeMap<String, Integer>();
    pipeline.aws().requests().after(calls).stream()
        .filter(Sight::isOurs)
        .forEach(call -> counts.merge(call.operation().name() + " " + key(call), 1, Integer::sum));
    var sweeps = most(during, ScopeSettings::sweepIntervalMillis) * swept();
    var looks = most(during, ScopeSettings::healthPollSteadyMillis);
    counts.forEach((call, count) -> {
      if (count > (call.startsWith(HEALTH) ? looks : sweeps)) {
        broken.add(count + " times " + call);
      }
    });
  }

  /** What is swept each for itself, and may need the same read: clusters and stacks. */
  private int swept() {
    var tables = pipeline.tables();
    return tables.scan(Table.CLUSTERS, "").size() + tables.scan(Table.STACKS, "").size();
  }

  private static String key(RequestLog.Entry call) {
    return call.caller().account() + "/" + call.caller().region() + " " + call.request();
  }

  private interface Interval {
    long of(ScopeSettings settings);
  }

  /** How often something that is done at this interval may be seen, in whichever scope. */
  private long most(Duration during, Interval interval) {
    var shortest =
        scopes.stream()
            .map(scope -> pipeline.tables().get(Table.SETTINGS, scope + "|"))
            .map(row -> row.map(SettingsRow::settings).orElseGet(ScopeSettings::defaults))
            .mapToLong(interval::of)
            .min()
            .orElseThrow();
    return during.toMillis() / shortest + 1;
  }
}
