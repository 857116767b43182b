package dev.penstock.plan.ingress;

import dev.penstock.plan.annotation.Json;
import dev.penstock.plan.annotation.JsonException;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.kubernetes.PortReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An action given as JSON, {@code actions.<name>} (LBC 4.7). */
final class ActionReader {
  /** The longest part of a redirect (AWS API 1.1.4). */
  private static final int LONGEST_PART = 128;

  private ActionReader() {}

  /** What the JSON says. */
  sealed interface Reading {}

  /** An action that needs no target group. */
  record Whole(Action action) implements Reading {}

  record Forwarding(List<Group> groups, Optional<Action.Stickiness> stickiness)
      implements Reading {}

  /** It cannot be read; the problem is collected. */
  record Unreadable() implements Reading {}

  /** Where a forward action leads. */
  sealed interface Group {}

  /** A target group that exists, by its ARN or its name. */
  record ExistingGroup(String id, boolean byName, Optional<Integer> weight) implements Group {}

  record ServiceGroup(String name, PortReference port, Optional<Integer> weight) implements Group {}

  static Reading read(MemberSource source, String key) {
    var json = source.annotations().json(key);
    if (json.isEmpty()) {
      return new Unreadable();
    }
    try {
      return read(json.get().asFields("the value"));
    } catch (JsonException problem) {
      source.annotations().refuse(key, "an action: " + problem.why());
      return new Unreadable();
    }
  }

  private static Reading read(Json.Fields fields) throws JsonException {
    var type = ConditionReader.text(fields, "type");
    return switch (type) {
      case "forward" -> forward(fields);
      case "redirect" -> new Whole(redirect(Json.required(fields, "redirectConfig")));
      case "fixed-response" -> new Whole(fixed(Json.required(fields, "fixedResponseConfig")));
      default ->
          throw new JsonException(
              "type \"" + type + "\" is none of forward, redirect, fixed-response");
    };
  }

  private static Action redirect(Json.Fields config) throws JsonException {
    return new Action.Redirect(
        ConditionReader.text(config, "protocol"),
        ConditionReader.text(config, "host", LONGEST_PART),
        ConditionReader.text(config, "port"),
        ConditionReader.text(config, "path", LONGEST_PART),
        ConditionReader.text(config, "query", LONGEST_PART),
        statusCode(config));
  }

  private static Action fixed(Json.Fields config) throws JsonException {
    return new Action.FixedResponse(
        statusCode(config),
        ConditionReader.text(config, "contentType"),
        ConditionReader.text(config, "messageBody"));
  }

  private static String statusCode(Json.Fields config) throws JsonException {
    var code = ConditionReader.text(config, "statusCode");
    if (code.isEmpty()) {
      throw new JsonException("statusCode is missing");
    }
    return code;
  }

  private static Reading forward(Json.Fields fields) throws JsonException {
    var existing = existing(fields, Optional.empty());
    var forwardConfig = Json.field(fields, "forwardConfig");
    if (existing.isPresent() == forwardConfig.isPresent()) {
      throw new JsonException("give either targetGroupARN, targetGroupName or forwardConfig");
    }
    if (existing.isPresent()) {
      return new Forwarding(List.of(existing.get()), Optional.empty());
    }
    var config = forwardConfig.get().asFields("forwardConfig");
    var groups = new ArrayList<Group>();
    var list = Json.field(config, "targetGroups");
    if (list.isPresent()) {
      for (Json item : list.get().asItems("targetGroups")) {
        groups.add(group(item.asFields("an element of targetGroups")));
      }
    }
    boolean unweighted = groups.stream().anyMatch(g -> weight(g).isEmpty());
    if (groups.size() > 1 && unweighted) {
      throw new JsonException("every one of several target groups needs a weight");
    }
    return new Forwarding(List.copyOf(groups), stickiness(config));
  }

  private static Optional<Integer> weight(Group group) {
    return switch (group) {
      case ExistingGroup(_, _, var weight) -> weight;
      case ServiceGroup(_, _, var weight) -> weight;
    };
  }

  private static Group group(Json.Fields fields) throws JsonException {
    var weightField = Json.field(fields, "weight");
    Optional<Integer> weight =
        weightField.isPresent() ? weightField.get().asInt32("weight") : Optional.empty();
    var existing = existing(fields, weight);
    var service = Json.field(fields, "serviceName");
    var port = Json.field(fields, "servicePort");
    if (existing.isPresent() == service.isPresent()) {
      throw new JsonException("a target group is named by ARN, by name or by serviceName");
    }
    if (existing.isPresent()) {
      return existing.get();
    }
    if (port.isEmpty()) {
      throw new JsonException("servicePort is missing");
    }
    return new ServiceGroup(
        service.get().asText("serviceName").orElse(""), port(port.get()), weight);
  }

  /** A text that reads as a number counts as a number. */
  private static PortReference port(Json json) throws JsonException {
    if (json instanceof Json.Text(var text)) {
      try {
        return new PortReference.Numbered(Integer.parseInt(text));
      } catch (NumberFormatException _) {
        return new PortReference.Named(text);
      }
    }
    return new PortReference.Numbered(json.asInt32("servicePort").orElse(0));
  }

  private static Optional<ExistingGroup> existing(Json.Fields fields, Optional<Integer> weight)
      throws JsonException {
    var arn = Json.field(fields, "targetGroupARN");
    if (arn.isPresent()) {
      return arn.get().asText("targetGroupARN").map(text -> new ExistingGroup(text, false, weight));
    }
    var name = Json.field(fields, "targetGroupName");
    return name.isPresent()
        ? name.get().asText("targetGroupName").map(text -> new ExistingGroup(text, true, weight))
        : Optional.empty();
  }

  private static Optional<Action.Stickiness> stickiness(Json.Fields config) throws JsonException {
    var field = Json.field(config, "targetGroupStickinessConfig");
    if (field.isEmpty()) {
      return Optional.empty();
    }
    var stickiness = field.get().asFields("targetGroupStickinessConfig");
    var enabled = Json.field(stickiness, "enabled");
    var duration = Json.field(stickiness, "durationSeconds");
    boolean on = enabled.isPresent() && enabled.get().asBool("enabled").orElse(false);
    Optional<Integer> seconds =
        duration.isPresent() ? duration.get().asInt32("durationSeconds") : Optional.empty();
    return Optional.of(new Action.Stickiness(on, seconds));
  }
}
