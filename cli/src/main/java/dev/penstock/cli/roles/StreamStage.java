package dev.penstock.cli.roles;

import dev.penstock.streams.topology.Reconciler;
import java.time.InstantSource;

/** The reconciler of this process. */
record StreamStage(Reconciler reconciler, InstantSource clock) implements Stage {
  private static final double MILLIS = 1000;
  private static final String RECORDS = "records.";

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
    meters
        .totals()
        .forEach((name, total) -> {
          if (name.startsWith(RECORDS)) {
            into.total(
                "penstock_records_total",
                "Records of penstock.events that were decided on.",
                total,
                "body=" + name.substring(RECORDS.length()));
          } else {
            into.total(
                "penstock_written_total", "What the decisions wrote.", total, "what=" + name);
          }
        });
    var last = meters.lastAppendMillis();
    if (last > 0) {
      into.gauge(
              "penstock_last_record_seconds",
              "Append time of the newest record decided on, since the epoch.",
              last / MILLIS)
          .gauge(
              "penstock_last_record_age_seconds",
              "Age of the newest record decided on.",
              (clock.millis() - last) / MILLIS);
    }
  }

  @Override
  public void stop() {
    reconciler.close();
  }
}
