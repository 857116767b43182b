package dev.penstock.streams.fold;

import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Network.NetworkInterface;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.table.InventoryRow;
import dev.penstock.schemas.table.InventoryRow.Inventory;
import dev.penstock.schemas.table.ScanRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/** What is read and never written. An unchanged answer touches nobody. */
public final class Inventories {
  public static final String CERTIFICATES = "certificates";
  public static final String ZONES = "zones";

  /** The timer that reads the records of every zone. */
  public static final String RECORDS = "records";

  /** What the names of parts begin with that a lookup by name answers. */
  public static final String NAMED = "named|";

  static final String INTERFACES = "interfaces|";

  private Inventories() {}

  /** The name of a VPC's part. */
  public static String networkOf(String vpcId) {
    return "network|" + vpcId;
  }

  static void network(Turn turn, Network network, Horizon horizon) {
    put(turn, networkOf(network.vpcId()), new InventoryRow.NetworkKnown(network), horizon);
  }

  /** The name of the part that all network interfaces of a VPC are. */
  public static String interfacesOf(String vpcId) {
    return INTERFACES + vpcId;
  }

  /** What the names of the rows of these interfaces begin with. */
  public static String interfacesIn(String vpcId) {
    return "interface|" + vpcId + "|";
  }

  static void interfaces(
      Turn turn,
      String vpcId,
      List<NetworkInterface> interfaces,
      boolean complete,
      Horizon horizon) {
    for (var one : interfaces) {
      var known = new InventoryRow.InterfaceKnown(one);
      put(turn, interfacesIn(vpcId) + one.id(), interfacesOf(vpcId), known, horizon);
    }
    if (complete) {
      var part = interfacesOf(vpcId);
      var first = turn.get(Table.SCANS, part).isEmpty();
      turn.put(Table.SCANS, part, new ScanRow(horizon.position(), horizon.at()));
      Pages.absent(turn, part);
      if (first) {
        Lookups.touched(turn, Lookups.inventory(part), "the inventory changed: " + part);
      }
    }
  }

  /** The last whole read of the VPC may have shown that the interface is gone. */
  static void absent(Turn turn, String part, String key) {
    var end = turn.get(Table.SCANS, part).map(ScanRow::position).orElse(-1L);
    if (turn.get(Table.INVENTORY, key).filter(row -> row.position() < end).isPresent()) {
      turn.delete(Table.INVENTORY, key);
      Lookups.touched(turn, Lookups.inventory(part), "the inventory changed: " + part);
    }
  }

  static void certificates(Turn turn, List<Certificate> certificates, Horizon horizon) {
    put(turn, CERTIFICATES, new InventoryRow.CertificatesKnown(certificates), horizon);
  }

  /** The name of the part that a lookup by name answers. */
  public static String namedAs(Named.Kind kind, String name) {
    return NAMED + kind + "|" + name;
  }

  static void named(Turn turn, Named named, Horizon horizon) {
    put(turn, namedAs(named.kind(), named.name()), new InventoryRow.NamedKnown(named), horizon);
  }

  static void zones(Turn turn, List<HostedZone> zones, Horizon horizon) {
    if (put(turn, ZONES, new InventoryRow.ZonesKnown(zones), horizon)) {
      Timers.setBy(turn, TimerKind.SWEEP, RECORDS, turn.now());
      Pages.claims(turn, "the hosted zones changed");
    }
  }

  /** A read that AWS refused: nothing is known, and people see why. */
  static void failed(Turn turn, Reading reading, Result result) {
    if (!(result instanceof Result.Rejected)) {
      return;
    }
    var part = part(reading);
    if (part.isEmpty() || turn.get(Table.INVENTORY, part.get()).isPresent()) {
      return;
    }
    var unknown = new InventoryRow.InventoryUnknown(Retries.message(result));
    put(turn, part.get(), unknown, new Horizon(turn.seq(), turn.now(), false));
  }

  private static Optional<String> part(Reading reading) {
    return switch (reading) {
      case Reading.ReadNetwork(var vpcId) -> Optional.of(networkOf(vpcId));
      case Reading.ReadNamed(var kind, var name) -> Optional.of(namedAs(kind, name));
      case Reading.ReadCertificates _ -> Optional.of(CERTIFICATES);
      case Reading.ReadHostedZones _ -> Optional.of(ZONES);
      case Reading.ReadResource _,
          Reading.ReadTargetHealth _,
          Reading.ReadStack _,
          Reading.ReadOwned _,
          Reading.ReadRecords _,
          Reading.ReadChange _ ->
          Optional.empty();
    };
  }

  private static boolean put(Turn turn, String part, Inventory inventory, Horizon horizon) {
    return put(turn, part, part, inventory, horizon);
  }

  private static boolean put(
      Turn turn, String key, String part, Inventory inventory, Horizon horizon) {
    var before = turn.get(Table.INVENTORY, key);
    if (before.filter(row -> row.position() > horizon.position()).isPresent()) {
      return false;
    }
    turn.put(Table.INVENTORY, key, new InventoryRow(inventory, horizon.position(), horizon.at()));
    if (before.filter(row -> row.inventory().equals(inventory)).isPresent()) {
      return false;
    }
    Lookups.touched(turn, Lookups.inventory(part), "the inventory changed: " + part);
    return true;
  }
}
