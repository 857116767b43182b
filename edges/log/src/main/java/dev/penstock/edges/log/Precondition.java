package dev.penstock.edges.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A broker setting that decides how fast another instance takes over after a kill; the pipeline
 * works without it, only slower. {@code found} is empty if the broker does not tell.
 */
public record Precondition(
    String broker, String setting, int atMost, Optional<Integer> found, String consequence) {
  private static final String SESSION = "group.min.session.timeout.ms";
  private static final String CLEANUP =
      "transaction.abort.timed.out.transaction.cleanup.interval.ms";

  public boolean met() {
    return found.isPresent() && found.get() <= atMost;
  }

  /** One line for a person. */
  public String sentence() {
    return "broker "
        + broker
        + ": "
        + setting
        + " should be at most "
        + atMost
        + ", is "
        + found.map(String::valueOf).orElse("not told")
        + ": "
        + consequence;
  }

  /** Every precondition on every broker; those that are not met are worth a warning. */
  public static List<Precondition> check(Connection connection) throws LogFailed {
    try (Admin admin = Admin.create(ClientSettings.admin(connection))) {
      var preconditions = new ArrayList<Precondition>();
      var nodes = Failures.await("describing the cluster", admin.describeCluster().nodes());
      for (Node node : nodes) {
        var resource = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
        Map<ConfigResource, Config> configs =
            Failures.await(
                "reading settings of broker " + node.idString(),
                admin.describeConfigs(List.of(resource)).all());
        of(node.idString(), Objects.requireNonNull(configs.get(resource)), preconditions);
      }
      return List.copyOf(preconditions);
    }
  }

  /** The shortest session timeout that all brokers take: ours, or theirs if it is longer. */
  public static int sessionMillis(List<Precondition> preconditions) {
    return preconditions.stream()
        .filter(p -> p.setting().equals(SESSION))
        .map(p -> p.found().orElse(6_000))
        .reduce(ClientSettings.SESSION_MILLIS, Math::max);
  }

  private static void of(String broker, Config config, List<Precondition> into) {
    into.add(
        new Precondition(
            broker,
            SESSION,
            ClientSettings.SESSION_MILLIS,
            value(config, SESSION),
            "fail-over after a kill waits at least so long"));
    into.add(
        new Precondition(
            broker,
            CLEANUP,
            1_000,
            value(config, CLEANUP),
            "the open transaction of a killed process blocks readers for up to so much longer"));
  }

  private static Optional<Integer> value(Config config, String key) {
    var entry = config.get(key);
    return entry == null || entry.value() == null
        ? Optional.empty()
        : Optional.of(Integer.valueOf(entry.value()));
  }
}
