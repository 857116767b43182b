package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.map;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.Differ;
import dev.penstock.plan.Ownership;
import dev.penstock.plan.Verdict;
import dev.penstock.plan.shared.SharedPlan;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.DnsSettings;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Present;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is written so that the shared backend security group is as a stack needs it. */
final class BackendGroupWrites {
  private BackendGroupWrites() {}

  /** The verdict on the group that the inventory has, in the form of the answer. */
  static ArrayNode of(ClusterRegistration cluster, CaseCloud cloud) {
    var desired = SharedPlan.backendGroup(cluster, List.of());
    var presence =
        cloud
            .sharedGroup()
            .<ObservedRow.Presence>map(group -> new Present(live(cluster, group)))
            .orElseGet(Missing::new);
    var verdict =
        differ(cluster)
            .diff(
                desired.key(),
                Optional.of(desired.spec()),
                new ObservedRow(presence, 1, Instant.EPOCH, 1, List.of()));
    var writes = MAKE.arrayNode();
    if (verdict instanceof Verdict.Create(SecurityGroupSpec spec)) {
      var write = writes.addObject().put("operation", "CreateSecurityGroup");
      write.put("name", spec.name()).put("description", spec.description());
      spec.tags().forEach(write.putObject("tags")::put);
    } else if (verdict
        instanceof Verdict.Update(LiveSecurityGroup live, SecurityGroupSpec spec, _)) {
      tags(writes, "CreateTags", live.id(), without(spec.tags(), live.spec().tags().entrySet()));
      var gone = new TreeMap<>(live.spec().tags());
      gone.keySet().removeAll(spec.tags().keySet());
      tags(writes, "DeleteTags", live.id(), gone);
    } else if (!(verdict instanceof Verdict.InSync)) {
      writes.addObject().put("verdict", verdict.toString());
    }
    return writes;
  }

  private static Differ differ(ClusterRegistration cluster) {
    var external = cluster.controller().externalManagedTags();
    return new Differ(
        new Ownership(cluster.lbcName(), List.of(), DnsSettings.defaults(), external, List.of()));
  }

  private static LiveSecurityGroup live(ClusterRegistration cluster, JsonNode group) {
    return new LiveSecurityGroup(
        text(group, "id"),
        new SecurityGroupSpec(
            text(group, "name"), "", cluster.vpcId(), List.of(), map(group.path("tags"))));
  }

  private static Map<String, String> without(
      Map<String, String> tags, Set<Map.Entry<String, String>> there) {
    var rest = new TreeMap<>(tags);
    rest.entrySet().removeAll(there);
    return rest;
  }

  private static void tags(
      ArrayNode writes, String operation, String id, Map<String, String> tags) {
    if (!tags.isEmpty()) {
      ObjectNode write = writes.addObject().put("operation", operation);
      write.putArray("resources").add(id);
      tags.forEach(write.putObject("tags")::put);
    }
  }
}
