package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import java.time.Instant;
import java.util.List;

/** What was read and is never written; the key says which part. */
public record InventoryRow(Inventory inventory, long position, Instant at) implements Row {
  public sealed interface Inventory {}

  public record NetworkKnown(Network network) implements Inventory {}

  public record InterfaceKnown(Network.NetworkInterface seen) implements Inventory {}

  public record CertificatesKnown(List<Certificate> certificates) implements Inventory {}

  public record NamedKnown(Named named) implements Inventory {}

  public record ZonesKnown(List<HostedZone> zones) implements Inventory {}

  public record InventoryUnknown(String reason) implements Inventory {}
}
