package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.ConfigMap;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Bindings onto a target group into which other clusters register targets too. */
final class SharedGroupsTest {
  private static final String LIST = "aws-lbc-targets-tgb";
  private static final Target FOREIGN = new Target("10.9.9.9", 8080, Optional.empty());
  private static final Target LISTED = new Target("10.0.7.7", 8080, Optional.empty());

  @Test
  void aListIsMadeFollowsAndGoesWithItsBindingAndForeignTargetsStay() {
    var serving = Serving.of(Facts.cluster());
    var arn = group(serving, FOREIGN);
    serving.upsert(binding(arn));
    serving.world.live(5_000, 500);
    assertEquals(List.of(address(1), address(2)), list(serving).targets());
    assertEquals(Set.of(address(1), address(2), FOREIGN.address()), registered(serving, arn));

    serving.upsert(Facts.slice(1));
    serving.world.live(15 * 60_000, 5_000);
    assertEquals(List.of(address(1)), list(serving).targets());
    serving.forget();
    serving.world.live(60 * 60_000, 30_000);
    assertEquals(List.of(), serving.written());

    serving.removed(binding(arn), true);
    serving.world.live(60_000, 500);
    assertEquals(Set.of(FOREIGN.address()), registered(serving, arn));
    assertTrue(serving.written().contains(new KubernetesWrite.DeleteTargetList()));
    assertEquals(Optional.empty(), found(serving));
    assertEquals(List.of(), serving.world.tables.scan(Table.BINDINGS, ""));
  }

  @Test
  void whatAListNamesIsOursWhoeverRegisteredIt() {
    var objects = new ArrayList<>(Facts.cluster());
    objects.add(
        new ConfigMap(
            Facts.metadata("default", LIST, Map.of()), List.of(LISTED.address(), address(1))));
    var serving = Serving.of(objects);
    var arn = group(serving, FOREIGN, LISTED);
    serving.upsert(binding(arn));
    serving.world.live(15 * 60_000, 5_000);
    assertEquals(Set.of(address(1), address(2), FOREIGN.address()), registered(serving, arn));
    assertEquals(List.of(address(1), address(2)), list(serving).targets());
  }

  private static String address(int pod) {
    return Facts.address(pod) + ":8080";
  }

  private static Set<String> registered(Serving serving, String arn) {
    var addresses = new TreeSet<String>();
    serving.world.answers().registered.get(arn).forEach(t -> addresses.add(t.address()));
    return addresses;
  }

  private static Optional<KubernetesObject> found(Serving serving) {
    return serving.world.tables.scan(Table.OBJECTS, "").stream()
        .map(entry -> entry.row().object())
        .filter(object -> object.kind() == ObjectKind.CONFIG_MAP)
        .findFirst();
  }

  private static ConfigMap list(Serving serving) {
    return (ConfigMap) found(serving).orElseThrow();
  }

  private static TargetGroupBinding binding(String arn) {
    var spec =
        new TargetGroupBinding.Spec(
            Optional.of(arn),
            Optional.empty(),
            Optional.of("ip"),
            Optional.empty(),
            "web",
            new PortReference.Numbered(80),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty());
    return new TargetGroupBinding(Facts.metadata("default", "tgb", Map.of()), spec, 0, List.of());
  }

  private static String group(Serving serving, Target... targets) {
    var check = new TargetGroupSpec.HealthCheck("HTTP", "traffic-port", "/", 15, 5, 2, 2, "200");
    var arn =
        serving
            .world
            .answers()
            .stranger(
                new TargetGroupSpec(
                    "shared",
                    "ip",
                    "HTTP",
                    "HTTP1",
                    80,
                    "ipv4",
                    Facts.VPC,
                    check,
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    Optional.empty()));
    serving.world.answers().registered.get(arn).addAll(List.of(targets));
    return arn;
  }
}
