package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.binding.UserBinding;
import dev.penstock.plan.binding.UserBindings;
import dev.penstock.plan.targets.Targets;
import dev.penstock.plan.targets.TargetsIntent;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One case of the family targets: the endpoints that each binding wants registered. */
final class TargetsCase {
  private final JsonNode expect;
  private final CaseCluster cluster;
  private final Network network;

  TargetsCase(JsonNode content) {
    this.expect = content.path("expect");
    this.cluster =
        new CaseCluster(CaseSettings.registration(content.path("config")), content.path("objects"));
    this.network = network(content.path("aws").path("vpcs").path(0));
  }

  /** The first difference; empty when the case passes. */
  Optional<String> difference() {
    var passes = expect.path("passes");
    var last = passes.isEmpty() ? expect : passes.get(passes.size() - 1);
    for (var binding : last.path("bindings")) {
      if (binding.has("resolved")) {
        var wanted = new TreeSet<String>();
        binding
            .get("resolved")
            .forEach(r ->
                wanted.add(
                    Nodes.optional(r, "ip").orElseGet(() -> Nodes.text(r, "instance"))
                        + ":"
                        + Nodes.text(r, "port")));
        var name = Nodes.text(binding, "binding");
        var got = resolved(name);
        if (!wanted.equals(got)) {
          return Optional.of("binding " + name + "/resolved: wanted " + wanted + ", got " + got);
        }
      }
    }
    return Optional.empty();
  }

  private TreeSet<String> resolved(String name) {
    var got = new TreeSet<String>();
    for (var object : cluster.list(ObjectKind.TARGET_GROUP_BINDING)) {
      if (object instanceof TargetGroupBinding binding
          && (object.metadata().namespace() + "/" + object.metadata().name()).equals(name)) {
        made(cluster.registration(), binding)
            .map(b -> Targets.of(b, cluster, Optional.of(network)))
            .filter(TargetsIntent.Resolved.class::isInstance)
            .map(TargetsIntent.Resolved.class::cast)
            .ifPresent(resolved ->
                resolved.endpoints().stream()
                    .filter(s -> s.endpoint().standing() == Standing.WANTED)
                    .forEach(s -> got.add(s.target().toString())));
      }
    }
    return got;
  }

  private static Optional<TargetBinding> made(
      ClusterRegistration cluster, TargetGroupBinding binding) {
    return UserBindings.read(cluster, binding, new Unknown("nobody asked"))
            instanceof UserBinding.Made(var made)
        ? Optional.of(made)
        : Optional.empty();
  }

  private static Network network(JsonNode vpc) {
    return new Network(
        Nodes.text(vpc, "id"),
        Nodes.texts(vpc.path("cidrs")),
        Nodes.texts(vpc.path("ipv6Cidrs")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
