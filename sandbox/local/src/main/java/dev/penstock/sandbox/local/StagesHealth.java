package dev.penstock.sandbox.local;

import dev.penstock.streams.query.HttpFace;

/** How the sandbox's stages do. */
record StagesHealth(Stages stages) implements HttpFace.Health {
  @Override
  public boolean alive() {
    return !stages.failed();
  }

  @Override
  public boolean ready() {
    return stages.ready();
  }

  @Override
  public String metrics() {
    var text = new StringBuilder();
    stages
        .reconciler()
        .meters()
        .totals()
        .forEach((name, count) ->
            text.append("penstock_")
                .append(name.replaceAll("[^A-Za-z0-9]", "_"))
                .append("_total ")
                .append(count)
                .append('\n'));
    return text.toString();
  }
}
