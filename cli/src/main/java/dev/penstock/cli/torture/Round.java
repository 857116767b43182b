package dev.penstock.cli.torture;

import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Work of users, and trouble while it is under way.
 *
 * @param paired whether second instances of stream and apply run
 * @param rolling whether the work is a rolling update
 * @param after how long after the work the trouble begins
 */
record Round(
    int number,
    boolean paired,
    boolean rolling,
    List<AppDeed> apps,
    List<RouteDeed> routes,
    Duration after,
    List<Trouble> troubles) {
  Round {
    apps = List.copyOf(apps);
    routes = List.copyOf(routes);
    troubles = List.copyOf(troubles);
  }

  /** The row of the table that counts a trouble of this round. */
  String kind(Trouble trouble) {
    return trouble.kind() + (rolling ? ", during a rolling update" : "");
  }

  String text() {
    var work = Stream.concat(apps.stream(), routes.stream()).map(Object::toString);
    return "%d: %s; %.1f s later %s"
        .formatted(
            number,
            work.collect(Collectors.joining(", ")),
            after.toMillis() / 1e3,
            troubles.stream().map(Trouble::text).collect(Collectors.joining(" and ")));
  }
}
