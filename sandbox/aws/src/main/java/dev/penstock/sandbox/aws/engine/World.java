package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.ApiOperation;
import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.aws.elb.HealthChecks;
import dev.penstock.sandbox.aws.engine.Rows.SessionRow;
import dev.penstock.sandbox.aws.route53.HostedZones;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.route53.model.VPC;

/** All accounts and Regions, and the rule that a call changes them as a whole or not at all. */
public final class World {
  /** Is shown every row. */
  @FunctionalInterface
  public interface Visitor {
    void row(String table, String key, Object row);
  }

  private final Settings settings;
  private final TargetProbe probe;
  private final Chronicle chronicle;
  private final Ids ids;
  private final Operations operations = Operations.of(Families.all());
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Region> regions = new LinkedHashMap<>();
  private final Map<String, SessionRow> keys = new LinkedHashMap<>();
  private String defaultAccount = "111122223333";
  private @Nullable Journal journal;
  private final List<RowChange> changes = new ArrayList<>();

  private World(Settings settings, TargetProbe probe, long seed) {
    this.settings = settings;
    this.probe = probe;
    this.chronicle = new Chronicle(settings.history());
    this.ids = new Ids(seed);
  }

  public static World create(
      WorldSpec spec, Settings settings, TargetProbe probe, Instant now, long seed) {
    var world = new World(settings, probe, seed);
    world.learnKeys(spec);
    world.found(spec, now);
    return world;
  }

  public static World open(
      Path directory,
      WorldSpec spec,
      Settings settings,
      TargetProbe probe,
      Instant now,
      long seed) {
    var world = new World(settings, probe, seed);
    world.learnKeys(spec);
    var journal = new Journal(directory);
    if (!journal.load(world::restore, world.ids)) {
      world.found(spec, now);
    }
    journal.compact(world::visit, world.ids);
    world.journal = journal;
    return world;
  }

  public String requestId() {
    return ids.uuid();
  }

  public boolean answers(Class<? extends SdkRequest> request) {
    return operations.answers(request);
  }

  public List<ApiOperation> operations() {
    return operations.names();
  }

  public SdkResponse answer(
      Caller caller,
      ApiOperation operation,
      SdkRequest request,
      Instant now,
      @Nullable Duration staleness) {
    chronicle.begin(now);
    try {
      var turn = turn(caller, now);
      if (staleness != null) {
        // A write that the lagging replica lets pass is then carried out for good.
        var past = operations.answer(turn.asOf(now.minus(staleness)), request);
        if (operation.reads()) {
          return past;
        }
      }
      var response = operations.answer(turn, request);
      chronicle.changes().forEach(change -> changes.add(RowChange.of(change)));
      commit();
      return response;
    } catch (AwsError error) {
      chronicle.rollBack();
      throw error;
    }
  }

  /** What calls changed since this was asked last. */
  public List<RowChange> takeChanges() {
    var taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  /** The table of this name, for looking. */
  public <V> TableView<V> table(String name, Class<V> type) {
    return restore(name).as(type);
  }

  public Caller caller(String accessKeyId, String region, String userAgent) {
    return Optional.ofNullable(keys.get(accessKeyId))
        .or(() -> session(accessKeyId))
        .map(row -> new Caller(row.account(), region, accessKeyId, row.principal(), userAgent))
        .orElseGet(() -> {
          var account = accessKeyId.matches("\\d{12}") ? accessKeyId : defaultAccount;
          return new Caller(
              account, region, accessKeyId, "arn:aws:iam::" + account + ":root", userAgent);
        });
  }

  public void catchUp(Instant now) {
    chronicle.begin(now);
    for (var region : List.copyOf(regions.values())) {
      HealthChecks.catchUp(turn(Caller.of(region.account, region.name, "clock"), now));
    }
    commit();
  }

  public void put(String account, WorldSpec.RegionSpec spec, Instant now) {
    chronicle.begin(now);
    new WorldBuilder(turn(Caller.of(account, spec.name(), "world"), now)).put(spec);
    commit();
  }

  public void remove(String account, String region, String id, Instant now) {
    chronicle.begin(now);
    region(account, region).tables().forEach(table -> table.remove(id));
    commit();
  }

  public void visit(Visitor visitor) {
    accounts.values().forEach(account -> visit(account.tables(), visitor));
    regions.values().forEach(region -> visit(region.tables(), visitor));
  }

  private static void visit(List<Table<?>> tables, Visitor visitor) {
    for (var table : tables) {
      table.entries().forEach((key, row) -> visitor.row(table.name(), key, row));
    }
  }

  private Turn turn(Caller caller, Instant now) {
    return new Turn(
        caller,
        now,
        region(caller.account(), caller.region()),
        account(caller.account()),
        ids,
        settings,
        probe);
  }

  private Account account(String id) {
    return accounts.computeIfAbsent(id, _ -> new Account(id, chronicle));
  }

  private Region region(String account, String name) {
    return regions.computeIfAbsent(account + "/" + name, _ -> new Region(account, name, chronicle));
  }

  private Optional<SessionRow> session(String accessKeyId) {
    return accounts.values().stream()
        .flatMap(account -> account.sessions.find(accessKeyId).stream())
        .findFirst();
  }

  private void learnKeys(WorldSpec spec) {
    for (var account : spec.accounts()) {
      account(account.id()).subscribe(account.shield());
      account
          .keys()
          .forEach(key ->
              keys.put(
                  key.accessKeyId(),
                  new SessionRow(key.accessKeyId(), account.id(), key.principal())));
    }
    if (!spec.accounts().isEmpty()) {
      defaultAccount = spec.accounts().getFirst().id();
    }
  }

  private void found(WorldSpec spec, Instant now) {
    for (var account : spec.accounts()) {
      account.regions().forEach(region -> put(account.id(), region, now));
      chronicle.begin(now);
      for (var zone : account.zones()) {
        var networks =
            zone.vpcs().stream()
                .map(vpc -> vpc.split("/"))
                .map(vpc -> VPC.builder().vpcRegion(vpc[0]).vpcId(vpc[1]).build())
                .toList();
        var turn = turn(Caller.of(account.id(), "us-east-1", "world"), now);
        HostedZones.add(turn, zone.id(), zone.name(), !networks.isEmpty(), networks, zone.id());
      }
      commit();
    }
  }

  private void commit() {
    if (journal != null && !chronicle.changes().isEmpty()) {
      journal.append(chronicle.changes(), ids);
    }
    chronicle.begin(chronicle.now());
  }

  /** The table of this name, made if need be. */
  private Table<?> restore(String name) {
    var parts = name.split("/");
    var tables =
        parts[1].equals("global")
            ? account(parts[0]).tables()
            : region(parts[0], parts[1]).tables();
    return tables.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the journal names no table: " + name));
  }
}
