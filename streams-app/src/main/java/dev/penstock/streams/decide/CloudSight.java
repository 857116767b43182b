package dev.penstock.streams.decide;

import dev.penstock.plan.CloudView;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Network.NetworkInterface;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.InventoryRow;
import dev.penstock.schemas.table.InventoryRow.Inventory;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.fold.Inventories;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scope's AWS out of the tables; keeps a list of what was looked up. */
final class CloudSight implements CloudView {
  private final Turn turn;
  private final Set<String> looked = new TreeSet<>();
  private final Set<ResourceKey> guards = new TreeSet<>();
  private final Map<StackId, Set<String>> entrances = new HashMap<>();

  CloudSight(Turn turn) {
    this.turn = turn;
  }

  Set<String> looked() {
    return looked;
  }

  /** The guards that were looked at and are not known. */
  List<ResourceKey> unknownGuards() {
    return guards.stream()
        .filter(key -> Knowledge.of(turn, key).presence() instanceof ObservedRow.Unknown)
        .toList();
  }

  @Override
  public ObservedRow.Presence presence(ResourceKey resource) {
    looked.add(Lookups.resource(resource));
    if (resource.kind() == ResourceKind.PROTECTION) {
      guards.add(resource);
    }
    return Knowledge.of(turn, resource).presence();
  }

  @Override
  public List<ResourceKey> known(StackId stack) {
    return turn.scan(Table.OBSERVED, stack + "|").stream()
        .map(e -> ResourceKey.parse(e.key()))
        .toList();
  }

  @Override
  public List<ObjectKey> wantedBy(ResourceKey resource) {
    return turn.get(Table.DESIRED, resource.toString())
        .map(DesiredRow::wantedBy)
        .orElseGet(List::of);
  }

  @Override
  public boolean held(ResourceKey resource) {
    return turn.get(Table.VERDICTS, resource.toString())
        .filter(row -> row.verdict() == VerdictKind.HELD)
        .isPresent();
  }

  @Override
  public Set<String> entrances(StackId stack) {
    return entrances.computeIfAbsent(
        stack,
        of ->
            turn.scan(Table.CLAIMS, Claims.sentPrefix(of)).stream()
                .flatMap(e -> e.row().pointing().flatMap(Pointing::alias).stream())
                .map(RecordSet.Alias::dnsName)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Override
  public Optional<Network> network(String vpcId) {
    return inventory(Inventories.networkOf(vpcId))
        .flatMap(i -> i instanceof InventoryRow.NetworkKnown(var n) ? Optional.of(n) : none());
  }

  /** The network interfaces of a VPC, once all of them were read. */
  Optional<List<NetworkInterface>> interfaces(String vpcId) {
    looked.add(Lookups.inventory(Inventories.interfacesOf(vpcId)));
    return turn.get(Table.SCANS, Inventories.interfacesOf(vpcId))
        .map(_ ->
            turn.scan(Table.INVENTORY, Inventories.interfacesIn(vpcId)).stream()
                .flatMap(e ->
                    e.row().inventory() instanceof InventoryRow.InterfaceKnown(var one)
                        ? Stream.of(one)
                        : Stream.empty())
                .toList());
  }

  @Override
  public Optional<List<Certificate>> certificates() {
    return inventory(Inventories.CERTIFICATES)
        .flatMap(i -> i instanceof InventoryRow.CertificatesKnown(var c) ? Optional.of(c) : none());
  }

  @Override
  public Optional<Named> named(Named.Kind kind, String name) {
    return inventory(Inventories.namedAs(kind, name))
        .flatMap(i ->
            switch (i) {
              case InventoryRow.NamedKnown(var named) -> Optional.of(named);
              case InventoryRow.InventoryUnknown(var reason) ->
                  Optional.of(new Named(kind, name, Optional.empty(), reason));
              case InventoryRow.NetworkKnown _,
                  InventoryRow.InterfaceKnown _,
                  InventoryRow.CertificatesKnown _,
                  InventoryRow.ZonesKnown _ ->
                  none();
            });
  }

  @Override
  public Optional<List<HostedZone>> hostedZones() {
    return inventory(Inventories.ZONES)
        .flatMap(i -> i instanceof InventoryRow.ZonesKnown(var z) ? Optional.of(z) : none());
  }

  private Optional<Inventory> inventory(String part) {
    looked.add(Lookups.inventory(part));
    return turn.get(Table.INVENTORY, part).map(InventoryRow::inventory);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  /** Both sights' lookups together. */
  static Set<String> together(Set<String> one, Set<String> other) {
    var all = new ArrayList<>(one);
    all.addAll(other);
    return new TreeSet<>(all);
  }
}
