package dev.penstock.schemas.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import dev.penstock.schemas.intent.IngressIntent.ProtectionSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class IngressIntentTest {
  private static final RecordCodec<IngressIntent> CODEC = RecordCodec.of(IngressIntent.class);

  @Test
  void aRowOfACheckpointFromBeforeGuardsIsThatOfAMemberThatSaysNothingOfThem()
      throws DecodeException {
    var silent = silent();
    var guards = RecordCodec.of(ProtectionSettings.class).encode(ProtectionSettings.silent());
    var all = CODEC.encode(silent);
    var older = Arrays.copyOf(all, all.length - guards.length);
    assertEquals(silent, CODEC.decode(older, 0, withoutGuards()));
  }

  private static Schema withoutGuards() {
    var schema = CODEC.schema();
    var fields =
        schema.getFields().stream()
            .filter(field -> !field.name().equals("protections"))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
  }

  private static IngressIntent silent() {
    var none = Optional.<String>empty();
    var settings =
        new LoadBalancerSettings(
            none,
            none,
            none,
            List.of(),
            false,
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            Map.of(),
            none,
            none,
            none,
            Optional.empty(),
            Optional.empty());
    return new IngressIntent(
        settings,
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        ProtectionSettings.silent());
  }
}
