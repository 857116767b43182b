package dev.penstock.plan.targets;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import dev.penstock.plan.binding.UserBinding;
import dev.penstock.plan.binding.UserBindings;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Counts the cases of a conformance folder whose resolved endpoints are LBC's; the number may only
 * grow. Runs when {@code -Dconformance.dir} is given.
 */
final class TargetsConformanceTest {
  private static final int PASSED = 184;

  @Test
  void resolvedEndpointsAreThoseOfTheReference() throws IOException {
    var folder = Path.of(System.getProperty("conformance.dir", ""), "lbc", "targets");
    assumeTrue(Files.isDirectory(folder), "no conformance folder is given");
    var failed = new ArrayList<String>();
    int passed = 0;
    for (var file : files(folder)) {
      var difference = difference(Cases.yaml(file));
      if (difference.isEmpty()) {
        passed++;
      } else {
        failed.add(folder.relativize(file) + ": " + difference.get());
      }
    }
    int count = passed;
    assertTrue(count >= PASSED, () -> count + " passed\n" + String.join("\n", failed));
  }

  private static Optional<String> difference(JsonNode row) {
    var cluster = new Manifest(registration(row.path("config")), row.get("objects"));
    var expect = row.get("expect");
    var bindings =
        expect.has("passes")
            ? expect.get("passes").get(expect.get("passes").size() - 1).get("bindings")
            : expect.path("bindings");
    for (var binding : bindings) {
      if (binding.has("resolved")) {
        var want = new TreeSet<String>();
        binding
            .get("resolved")
            .forEach(r ->
                want.add(r.path("ip").asText(r.path("instance").asText()) + ":" + r.get("port")));
        var got = wanted(cluster, binding.get("binding").asText(), network(row.path("aws")));
        if (!want.equals(got)) {
          return Optional.of("wanted " + want + ", got " + got);
        }
      }
    }
    return Optional.empty();
  }

  private static TreeSet<String> wanted(Manifest cluster, String name, Network network) {
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

  private static ClusterRegistration registration(JsonNode config) {
    var gates = new TreeMap<String, Boolean>();
    config
        .path("feature-gates")
        .properties()
        .forEach(e -> gates.put(e.getKey(), e.getValue().asBoolean()));
    var d = ControllerSettings.defaults();
    return new ClusterRegistration(
        "demo",
        new Scope("1", "r"),
        config.path("cluster-name").asText("demo"),
        config.path("aws-vpc-id").asText("vpc-0a1b2c3d4e5f60718"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new ControllerSettings(
            d.ingressClass(),
            d.defaultTargetType(),
            d.defaultLoadBalancerScheme(),
            d.defaultSslPolicy(),
            Map.of(),
            List.of(),
            d.tolerateNonExistentBackendService(),
            d.tolerateNonExistentBackendAction(),
            d.enableBackendSecurityGroup(),
            d.backendSecurityGroup(),
            d.enableManageBackendSecurityGroupRules(),
            d.disableRestrictedSecurityGroupRules(),
            Map.of(),
            d.maxTargetsPerTargetGroup(),
            List.of(),
            d.disableIngressClassAnnotation(),
            d.disableIngressGroupNameAnnotation(),
            d.requiredSecretsLabel(),
            gates));
  }

  private static Network network(JsonNode aws) {
    var vpc = aws.path("vpcs").path(0);
    return new Network(
        vpc.path("id").asText(),
        Cases.texts(vpc.path("cidrs")),
        Cases.texts(vpc.path("ipv6Cidrs")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
