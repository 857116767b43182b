package dev.penstock.watchers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ConfigMaps that bindings onto shared groups name. */
final class NamedObjectsTest {
  private final NamedObjects objects = new NamedObjects();

  @Test
  void aBindingNamesItsListWhileItsGroupIsShared() {
    assertEquals(List.of(), named(binding(false)));
    assertEquals(List.of("blue|ConfigMap|web/aws-lbc-targets-tgb"), named(binding(true)));
    assertEquals(List.of(), named(binding(false)));
  }

  @Test
  void aBindingThatIsGoneNamesNothing() {
    named(binding(true));
    objects.removed(binding(true).key("blue"));
    assertEquals(List.of(), List.copyOf(objects.named()));
  }

  private List<String> named(TargetGroupBinding binding) {
    objects.upserted(binding.key("blue"), binding);
    return objects.named().stream().map(Object::toString).toList();
  }

  private static TargetGroupBinding binding(boolean shared) {
    var metadata =
        new Metadata(
            "web",
            "tgb",
            "uid",
            "",
            0,
            Map.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    var spec =
        new TargetGroupBinding.Spec(
            Optional.of("arn"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "web",
            new PortReference.Numbered(80),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            shared,
            Optional.empty(),
            Optional.empty());
    return new TargetGroupBinding(metadata, spec, 0, List.of());
  }
}
