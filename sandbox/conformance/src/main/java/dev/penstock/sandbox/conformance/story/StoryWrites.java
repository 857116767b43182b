package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.ApiOperation;
import dev.penstock.sandbox.aws.AwsService;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;

/**
 * The writes of a step that were carried out, counted by operation; {@code create}, {@code patch}
 * and {@code delete} with a kind are those to the cluster. As in a story, the finalizers of
 * bindings, Events and the conditions of pods do not count.
 */
final class StoryWrites {
  private static final Set<String> KINDS = Set.of("Ingress", "TargetGroupBinding");

  private final TreeMap<String, Integer> counts = new TreeMap<>();
  private int movedRules;

  /** What LBC wrote in a step of a story. */
  static StoryWrites of(JsonNode step) {
    var writes = new StoryWrites();
    for (var run : step.path("runs")) {
      for (var call : run.path("calls")) {
        if (call.has("operation") && !call.has("failed")) {
          writes.add(text(call, "operation"), 1);
        } else if (call.has("kubernetes")) {
          var words = text(call, "kubernetes").split(" ");
          writes.add(words[0] + " " + words[1], 1);
        }
      }
    }
    return writes;
  }

  static StoryWrites of(List<StoryWrite> made) {
    var writes = new StoryWrites();
    for (var write : made) {
      switch (write) {
        case StoryWrite.ToAws(var operation, var request) -> writes.add(operation, request);
        case StoryWrite.ToCluster(var change) -> writes.add(change);
      }
    }
    return writes;
  }

  Map<String, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }

  int of(String operation) {
    return counts.getOrDefault(operation, 0);
  }

  /** How many rules got another number by SetRulePriorities. */
  int movedRules() {
    return movedRules;
  }

  private void add(ApiOperation operation, SdkRequest request) {
    switch (operation.service()) {
      case AwsService.ELB, AwsService.EC2 -> add(operation.name(), 1);
      default -> add(operation.toString().replace(':', ' '), 1);
    }
    if (request instanceof SetRulePrioritiesRequest moves) {
      movedRules += moves.rulePriorities().size();
    }
  }

  private void add(StoreChange change) {
    var kind = text(change.object(), "kind");
    if (!KINDS.contains(kind)) {
      return;
    }
    switch (change) {
      case StoreChange.Added _ -> add("create " + kind, 1);
      case StoreChange.Modified(_, _, var before, var object) -> {
        if (isGoing(object) && !isGoing(before)) {
          add("delete " + kind, 1);
        } else if (kind.equals("Ingress") || !unmarked(before).equals(unmarked(object))) {
          add("patch " + kind, 1);
        }
      }
      case StoreChange.Deleted(_, _, var before, _) ->
          add("delete " + kind, isGoing(before) ? 0 : 1);
    }
  }

  private static boolean isGoing(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  private static JsonNode unmarked(ObjectNode object) {
    var plain = object.deepCopy();
    if (plain.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(Set.of("finalizers", "resourceVersion", "managedFields"));
    }
    return plain;
  }

  void add(String operation, int times) {
    if (times > 0) {
      counts.merge(operation, times, Integer::sum);
    }
  }
}
