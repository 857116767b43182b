package dev.penstock.cli.roles;

import dev.penstock.roles.MetricsText;
import dev.penstock.roles.Stage;
import dev.penstock.streams.query.HttpFace;
import java.util.function.BooleanSupplier;

/** How a role does, for whoever asks on HTTP. One that was asked to end is ready no more. */
record RoleFace(String name, Stage stage, BooleanSupplier ending) implements HttpFace.Health {
  @Override
  public boolean alive() {
    return !stage.failed();
  }

  @Override
  public boolean ready() {
    return !ending.getAsBoolean() && stage.ready();
  }

  @Override
  public String metrics() {
    var text = new MetricsText();
    var role = "role=" + name;
    text.gauge("penstock_up", "1 while the role has not failed.", alive() ? 1 : 0, role);
    text.gauge("penstock_ready", "1 while the role does its work.", ready() ? 1 : 0, role);
    stage.measure(text);
    ProcessMetrics.measure(text);
    return text.text();
  }
}
