package dev.penstock.plan.dns;

import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ClaimRow;
import java.util.List;
import java.util.Optional;

/**
 * What one host name should be in each of its zones, which claims made it so, and which are refused
 * and why. While {@code blockedOn} is present nothing of the name may be concluded to be unwanted.
 */
public record NamePlan(
    List<DesiredName> names,
    List<ClaimRow> standing,
    List<Refusal> refusals,
    Optional<String> blockedOn) {

  public record DesiredName(ResourceKey key, RecordNameSpec spec) {}

  public record Refusal(ClaimRow claim, String reason) {}

  /** The key of a name in a zone. */
  public static ResourceKey key(String zoneId, String name) {
    var id = zoneId + "/" + Zones.dotted(name);
    return new ResourceKey(new StackId("", StackKind.NAME, id), ResourceKind.RECORD_NAME, id);
  }
}
