package dev.penstock.edges.log;

import static java.util.Objects.requireNonNull;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of the catalogue, and says what is wrong with those that exist. */
public final class TopicSetup {
  private static final int LOOKS = 200;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Connection connection;
  private final Catalogue catalogue;

  public TopicSetup(Connection connection, Catalogue catalogue) {
    this.connection = connection;
    this.catalogue = catalogue;
  }

  /** Creates what is missing, then verifies all. */
  public void create() throws LogFailed {
    try (Admin admin = Admin.create(ClientSettings.admin(connection))) {
      var answers = admin.createTopics(Topics.all().stream().map(this::definition).toList());
      for (var answer : answers.values().entrySet()) {
        try {
          Failures.await("creating topic " + answer.getKey(), answer.getValue());
        } catch (LogFailed e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
      awaitVisible(admin);
      refuse(findings(admin));
    }
  }

  /** What was created shows a moment later. */
  private void awaitVisible(Admin admin) throws LogFailed {
    var names = Topics.all().stream().map(catalogue::name).toList();
    for (int look = 0; look < LOOKS; look++) {
      if (Failures.await("listing topics", admin.listTopics().names()).containsAll(names)) {
        return;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Fails with every finding if a topic is missing or is not as the catalogue says. */
  public void verify() throws LogFailed {
    try (Admin admin = Admin.create(ClientSettings.admin(connection))) {
      refuse(findings(admin));
    }
  }

  private static void refuse(List<String> findings) throws LogFailed {
    if (!findings.isEmpty()) {
      throw new LogFailed(Fault.MISCONFIGURED, String.join("\n", findings));
    }
  }

  private NewTopic definition(Topic topic) {
    var settings = new TreeMap<>(catalogue.settings(topic));
    settings.putAll(catalogue.tuning(topic));
    short replicas = catalogue.replicationFactor();
    return new NewTopic(
            catalogue.name(topic),
            Optional.of(catalogue.partitions(topic)),
            replicas < 0 ? Optional.empty() : Optional.of(replicas))
        .configs(settings);
  }

  private List<String> findings(Admin admin) throws LogFailed {
    var existing = Failures.await("listing topics", admin.listTopics().names());
    var findings = new ArrayList<String>();
    var present = new ArrayList<Topic>();
    for (Topic topic : Topics.all()) {
      if (existing.contains(catalogue.name(topic))) {
        present.add(topic);
      } else {
        findings.add("topic " + catalogue.name(topic) + " is missing: " + creation(topic));
      }
    }
    var names = present.stream().map(catalogue::name).toList();
    var descriptions =
        Failures.await("describing topics", admin.describeTopics(names).allTopicNames());
    var resources = present.stream().map(this::resource).toList();
    Map<ConfigResource, Config> settings =
        Failures.await("reading topic settings", admin.describeConfigs(resources).all());
    for (Topic topic : present) {
      partitions(topic, requireNonNull(descriptions.get(catalogue.name(topic))))
          .ifPresent(findings::add);
      settings(topic, requireNonNull(settings.get(resource(topic))), findings);
    }
    return findings;
  }

  private Optional<String> partitions(Topic topic, TopicDescription description) {
    int wanted = catalogue.partitions(topic);
    int found = description.partitions().size();
    if (wanted == found) {
      return Optional.empty();
    }
    String remedy =
        topic.partitions() == 0
            ? "the number is for life: set kafka.partitions to "
                + found
                + ", or delete the topic while it is empty: "
                + deletion(topic)
            : "delete the topic while it is empty: " + deletion(topic);
    return Optional.of(
        "topic "
            + catalogue.name(topic)
            + " partitions: wanted "
            + wanted
            + ", found "
            + found
            + "; "
            + remedy);
  }

  private void settings(Topic topic, Config config, List<String> findings) {
    catalogue
        .settings(topic)
        .forEach((key, wanted) -> {
          var entry = config.get(key);
          String found = entry == null ? "nothing" : entry.value();
          if (!fits(key, wanted, found)) {
            findings.add(
                "topic "
                    + catalogue.name(topic)
                    + " "
                    + key
                    + ": wanted "
                    + wanted
                    + ", found "
                    + found
                    + "; to fix: "
                    + alteration(topic, key, wanted));
          }
        });
  }

  /** Keeping records for longer than the catalogue says is no fault. */
  private static boolean fits(String key, String wanted, String found) {
    if (!key.equals("retention.ms") || !found.matches("-?[0-9]+")) {
      return wanted.equals(found);
    }
    return found.equals("-1") || Long.parseLong(found) >= Long.parseLong(wanted);
  }

  private ConfigResource resource(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, catalogue.name(topic));
  }

  private String creation(Topic topic) {
    var command = new StringBuilder(tool("kafka-topics.sh"));
    command.append(" --create --topic ").append(catalogue.name(topic));
    command.append(" --partitions ").append(catalogue.partitions(topic));
    catalogue.settings(topic).forEach((k, v) -> command.append(" --config " + k + "=" + v));
    return command.toString();
  }

  private String deletion(Topic topic) {
    return tool("kafka-topics.sh") + " --delete --topic " + catalogue.name(topic);
  }

  private String alteration(Topic topic, String key, String value) {
    return tool("kafka-configs.sh")
        + " --alter --entity-type topics --entity-name "
        + catalogue.name(topic)
        + " --add-config "
        + key
        + "="
        + value;
  }

  private String tool(String name) {
    return name + " --bootstrap-server " + connection.bootstrapServers();
  }
}
