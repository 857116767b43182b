package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.ZoneRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Judges a batch as a whole, by the state that it would produce (AWS API:
 * ChangeResourceRecordSets): all faults are named, and one fault refuses everything.
 */
final class ChangeBatches {
  private static final int MOST_RECORDS = 1000;
  private static final int MOST_CHARACTERS = 32_000;

  record Result(List<RecordRow> removed, List<RecordRow> written) {}

  private final Turn turn;
  private final ZoneRow zone;
  private final String zoneId;
  private final Map<String, RecordRow> state = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<RecordRow> removed = new ArrayList<>();
  private final List<RecordRow> written = new ArrayList<>();

  private ChangeBatches(Turn turn, ZoneRow zone) {
    this.turn = turn;
    this.zone = zone;
    this.zoneId = Zones.bare(zone.model().id());
    turn.account().records.in(zoneId).forEach(row -> state.put(row.sort(), row));
  }

  /** Bounds: an alias counts 1, an UPSERT twice. */
  static void checkSize(ChangeBatch batch) {
    var records = 0;
    var characters = 0;
    for (var change : batch.changes()) {
      var times = change.action() == ChangeAction.UPSERT ? 2 : 1;
      var set = change.resourceRecordSet();
      if (set == null || set.name() == null || set.typeAsString() == null) {
        throw AwsError.refused("InvalidInput", "A change must have a name and a type");
      }
      records += times * Math.max(1, set.resourceRecords().size());
      characters += times * set.resourceRecords().stream().mapToInt(r -> r.value().length()).sum();
    }
    if (records > MOST_RECORDS) {
      throw AwsError.refused("InvalidChangeBatch", "[Number of records limit of 1000 exceeded.]");
    }
    if (characters > MOST_CHARACTERS) {
      throw AwsError.refused(
          "InvalidChangeBatch", "[Number of characters limit of 32000 exceeded.]");
    }
    if (batch.comment() != null && batch.comment().length() > 256) {
      throw AwsError.refused("InvalidInput", "The comment must not exceed 256 characters");
    }
  }

  static Result judge(Turn turn, ZoneRow zone, ChangeBatch batch) {
    var judge = new ChangeBatches(turn, zone);
    judge.apply(batch.changes());
    if (!judge.faults.isEmpty()) {
      throw AwsError.refused("InvalidChangeBatch", judge.faults.toString());
    }
    return new Result(judge.removed, judge.written);
  }

  private void apply(List<Change> changes) {
    var seen = new LinkedHashSet<String>();
    var writes = new ArrayList<Change>();
    for (var change : changes) {
      var set = normal(change.resourceRecordSet());
      var row = RecordSets.row(zoneId, set);
      var kind = change.action() == ChangeAction.DELETE ? "delete" : "write";
      if (!seen.add(kind + row.sort())) {
        faults.add(
            "The request contains an invalid set of changes for a resource record set '"
                + set.typeAsString()
                + " "
                + set.name()
                + "'");
      } else if (change.action() == ChangeAction.DELETE) {
        delete(row);
      } else {
        writes.add(change);
      }
    }
    var rows = new ArrayList<RecordRow>();
    for (var change : writes) {
      write(change, rows);
    }
    rows.forEach(this::checkAgainstState);
  }

  private void delete(RecordRow row) {
    var set = row.model();
    var held = state.get(row.sort());
    if (held == null) {
      faults.add("Tried to delete resource record set " + text(set) + " but it was not found");
    } else if (!same(held.model(), set)) {
      faults.add(
          "Tried to delete resource record set "
              + text(set)
              + " but the values provided do not match the current values");
    } else if (apex(set) && List.of("SOA", "NS").contains(set.typeAsString())) {
      faults.add(
          "A HostedZone must contain at least one "
              + set.typeAsString()
              + " record for the zone itself.");
    } else {
      state.remove(row.sort());
      removed.add(held);
    }
  }

  private void write(Change change, List<RecordRow> rows) {
    var set = normal(change.resourceRecordSet());
    var row = RecordSets.row(zoneId, set);
    if (change.action() == ChangeAction.CREATE && state.containsKey(row.sort())) {
      faults.add("Tried to create resource record set " + text(set) + " but it already exists");
      return;
    }
    if (change.action() == ChangeAction.UNKNOWN_TO_SDK_VERSION || change.action() == null) {
      throw AwsError.refused("InvalidInput", "Action must be CREATE, DELETE or UPSERT");
    }
    state.put(row.sort(), row);
    written.add(row);
    rows.add(row);
  }

  private void checkAgainstState(RecordRow row) {
    var set = row.model();
    RecordRules.faults(set).forEach(faults::add);
    if (!DnsNames.inside(set.name(), zone.model().name())) {
      faults.add(
          "RRSet with DNS name " + set.name() + " is not permitted in zone " + zone.model().name());
    }
    var cname = set.typeAsString().equals("CNAME");
    var type = "RRSet of type " + set.typeAsString() + " with DNS name " + set.name();
    if (cname && apex(set)) {
      faults.add(type + " is not permitted at apex in zone " + zone.model().name());
    }
    var others =
        state.values().stream()
            .map(RecordRow::model)
            .filter(other -> other.name().equals(set.name()))
            .toList();
    if (others.stream().anyMatch(o -> o.typeAsString().equals("CNAME") != cname)) {
      faults.add(
          type
              + " is not permitted as it conflicts with other records with the same DNS name in"
              + " zone "
              + zone.model().name());
    }
    var siblings =
        others.stream().filter(o -> o.typeAsString().equals(set.typeAsString())).toList();
    RecordRules.siblingFaults(set, siblings).forEach(faults::add);
    if (set.aliasTarget() != null) {
      AliasTargets.fault(turn, zoneId, set, state.values()).ifPresent(faults::add);
    }
  }

  private boolean apex(ResourceRecordSet set) {
    return set.name().equals(zone.model().name());
  }

  private static ResourceRecordSet normal(ResourceRecordSet set) {
    var normal = set.toBuilder().name(DnsNames.normal(set.name()));
    var alias = set.aliasTarget();
    if (alias != null && alias.dnsName() != null) {
      normal.aliasTarget(
          alias.toBuilder()
              .dnsName(DnsNames.normal(alias.dnsName()))
              .hostedZoneId(alias.hostedZoneId() == null ? null : Zones.bare(alias.hostedZoneId()))
              .build());
    }
    return normal.build();
  }

  private static boolean same(ResourceRecordSet is, ResourceRecordSet given) {
    return values(is).equals(values(given))
        && Objects.equals(is.ttl(), given.ttl())
        && Objects.equals(is.aliasTarget(), given.aliasTarget())
        && Objects.equals(is.weight(), given.weight())
        && Objects.equals(is.regionAsString(), given.regionAsString())
        && Objects.equals(is.failoverAsString(), given.failoverAsString())
        && Objects.equals(is.geoLocation(), given.geoLocation())
        && Objects.equals(is.geoProximityLocation(), given.geoProximityLocation())
        && Objects.equals(is.multiValueAnswer(), given.multiValueAnswer())
        && Objects.equals(is.healthCheckId(), given.healthCheckId());
  }

  private static Object values(ResourceRecordSet set) {
    return set.resourceRecords().stream().map(ResourceRecord::value).collect(Collectors.toSet());
  }

  private static String text(ResourceRecordSet set) {
    var identifier =
        set.setIdentifier() == null ? "" : ", set-identifier='" + set.setIdentifier() + "'";
    return "[name='" + set.name() + "', type='" + set.typeAsString() + "'" + identifier + "]";
  }
}
