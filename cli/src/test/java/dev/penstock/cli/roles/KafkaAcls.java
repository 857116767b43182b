package dev.penstock.cli.roles;

import dev.penstock.cli.roles.RecordingAuthorizer.Asked;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/** What was asked, as the script of the ACLs that allow it. */
final class KafkaAcls {
  private static final String HEAD =
      """
      #!/bin/sh
      # Written from what the roles ask of a broker, by a test, never by hand: the ACLs of each, for
      # an empty kafka.topic-prefix. BOOTSTRAP is the broker; ADMIN the client settings of whoever may
      # give rights. penstock-admin runs `topics create` and `verify`; penstock-people runs audit, tail,
      # replay, state and `topics export`.
      set -eu
      allow() {
        principal=$1; shift
        kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add \\
          --allow-principal "User:$principal" "$@"
      }

      """;

  /** All that the broker asks of a client begin with one of these. */
  private static final List<String> PRINCIPALS =
      List.of(
          "penstock-admin",
          "penstock-apply",
          "penstock-people",
          "penstock-stream",
          "penstock-watch");

  /** Kafka Streams names its changelogs and transactions itself. */
  private static final String STREAMS = "penstock-stream-";

  private static final Set<AclOperation> IMPLY_DESCRIBE =
      EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER);

  private KafkaAcls() {}

  static String script(SortedSet<Asked> asked) {
    SortedMap<String, EnumSet<AclOperation>> rules = new TreeMap<>();
    for (var one : asked) {
      PRINCIPALS.stream()
          .filter(one.client()::startsWith)
          .forEach(principal ->
              rules
                  .computeIfAbsent(
                      principal + " " + resource(one), _ -> EnumSet.noneOf(AclOperation.class))
                  .add(one.operation()));
    }
    return HEAD
        + rules.entrySet().stream()
            .map(rule -> "allow " + rule.getKey() + operations(rule.getValue()) + "\n")
            .collect(Collectors.joining());
  }

  private static String resource(Asked one) {
    var pattern = one.name().startsWith(STREAMS) ? "--resource-pattern-type prefixed " : "";
    var name = pattern.isEmpty() ? one.name() : STREAMS;
    return switch (one.type()) {
      case TOPIC -> pattern + "--topic " + name;
      case GROUP -> pattern + "--group " + name;
      case TRANSACTIONAL_ID -> pattern + "--transactional-id " + name;
      case CLUSTER -> "--cluster";
      case UNKNOWN, ANY, DELEGATION_TOKEN, USER ->
          throw new IllegalArgumentException("nobody asks for this: " + one);
    };
  }

  private static String operations(EnumSet<AclOperation> operations) {
    var implied = operations.stream().anyMatch(IMPLY_DESCRIBE::contains);
    return operations.stream()
        .filter(operation -> operation != AclOperation.DESCRIBE || !implied)
        .map(operation -> " --operation " + name(operation))
        .collect(Collectors.joining());
  }

  /** {@code DescribeConfigs}, as the tool says it. */
  private static String name(AclOperation operation) {
    var name = new StringBuilder();
    for (var word : operation.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
