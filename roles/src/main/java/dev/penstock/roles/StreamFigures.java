package dev.penstock.roles;

import java.util.Map;
import java.util.SortedMap;

/**
 * What is measured of a reconciler at one moment. Times are append times in milliseconds since the
 * epoch, 0 for never.
 */
record StreamFigures(
    Map<String, Long> totals,
    long lastRecordMillis,
    long lastDecisionMillis,
    SortedMap<Integer, Long> lags,
    SortedMap<String, Long> rows,
    SortedMap<String, Long> verdicts,
    long nowMillis) {
  private static final double MILLIS = 1000;
  private static final String RECORDS = "records.";

  void write(MetricsText into) {
    totals.forEach((name, total) -> total(into, name, total));
    age(into, "penstock_last_record", "newest record decided on", lastRecordMillis);
    age(into, "penstock_last_decision", "newest record that changed a command", lastDecisionMillis);
    lags.forEach((partition, lag) ->
        into.gauge(
            "penstock_events_lag",
            "Records of a partition of penstock.events that are not read yet.",
            lag,
            "partition=" + partition));
    rows.forEach((table, count) ->
        into.gauge("penstock_table_rows", "Rows of a table.", count, "table=" + table));
    verdicts.forEach((verdict, count) ->
        into.gauge("penstock_verdicts", "Resources by verdict.", count, "verdict=" + verdict));
  }

  private static void total(MetricsText into, String name, long total) {
    if (name.startsWith(RECORDS)) {
      into.total(
          "penstock_records_total",
          "Records of penstock.events that were decided on.",
          total,
          "body=" + name.substring(RECORDS.length()));
    } else {
      into.total("penstock_written_total", "What the decisions wrote.", total, "what=" + name);
    }
  }

  private void age(MetricsText into, String name, String what, long millis) {
    if (millis > 0) {
      into.gauge(
              name + "_seconds",
              "Append time of the " + what + ", since the epoch.",
              millis / MILLIS)
          .gauge(name + "_age_seconds", "Age of the " + what + ".", (nowMillis - millis) / MILLIS);
    }
  }
}
