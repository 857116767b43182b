package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.RecordSets;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.ChangeSeen;
import dev.penstock.schemas.event.Observation.HostedZonesSeen;
import dev.penstock.schemas.event.Observation.RecordsSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetChangeResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListTagsForResourcesRequest;
import software.amazon.awssdk.services.route53.model.ListTagsForResourcesResponse;
import software.amazon.awssdk.services.route53.model.Tag;
import software.amazon.awssdk.services.route53.model.TagResourceType;

/** Hosted zones with their tags, record sets, and changes of Route 53. */
final class ZoneReader {
  private static final int ZONES_PER_TAG_CALL = 10;
  private static final int MOST_PAGES = 500;
  private static final int NAMES_A_PART = 50;

  private final Calls calls;

  ZoneReader(Calls calls) {
    this.calls = calls;
  }

  List<Observation> zones() throws CallFailed, Halted, InterruptedException {
    var request = ListHostedZonesRequest.builder().maxItems("100").build();
    List<HostedZone> all =
        Pages.all(marker -> {
          var answer =
              calls.call(
                  request.toBuilder().marker(marker).build(),
                  ListHostedZonesResponse.class,
                  Repeat.SAFE);
          var more = Boolean.TRUE.equals(answer.isTruncated());
          return Pages.Page.of(answer.hostedZones(), more ? answer.nextMarker() : null);
        });
    var tags = tags(all.stream().map(zone -> bare(zone.id())).toList());
    var zones =
        all.stream()
            .map(zone -> zone(zone, tags.getOrDefault(bare(zone.id()), Map.of())))
            .sorted(Comparator.comparing(dev.penstock.schemas.aws.HostedZone::id))
            .toList();
    return List.of(new HostedZonesSeen(zones));
  }

  private static dev.penstock.schemas.aws.HostedZone zone(
      HostedZone zone, Map<String, String> tags) {
    var config = zone.config();
    return new dev.penstock.schemas.aws.HostedZone(
        bare(zone.id()),
        RecordSets.name(zone.name()),
        config != null && Boolean.TRUE.equals(config.privateZone()),
        tags);
  }

  /** Ten zones a call; one missing zone fails the call, which then is repeated as a whole. */
  private Map<String, Map<String, String>> tags(List<String> ids)
      throws CallFailed, Halted, InterruptedException {
    var tags = new TreeMap<String, Map<String, String>>();
    for (var from = 0; from < ids.size(); from += ZONES_PER_TAG_CALL) {
      var some = ids.subList(from, Math.min(ids.size(), from + ZONES_PER_TAG_CALL));
      var request =
          ListTagsForResourcesRequest.builder()
              .resourceType(TagResourceType.HOSTEDZONE)
              .resourceIds(some)
              .build();
      var answer = calls.call(request, ListTagsForResourcesResponse.class, Repeat.AWAITING);
      for (var set : answer.resourceTagSets()) {
        var map = new TreeMap<String, String>();
        for (Tag tag : set.tags()) {
          map.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        tags.put(set.resourceId(), map);
      }
    }
    return tags;
  }

  List<Observation> records(String zoneId, Optional<String> name)
      throws CallFailed, Halted, InterruptedException {
    var sets = sets(zoneId, name);
    return name.isPresent()
        ? List.of(new RecordsSeen(zoneId, name.map(RecordSets::name), sets, true))
        : Parts.of(
            byName(sets),
            NAMES_A_PART,
            (some, complete) ->
                new RecordsSeen(
                    zoneId, name, some.stream().flatMap(List::stream).toList(), complete));
  }

  /**
   * All of each name together. Names with TXT come first: these may say whose another name is,
   * which must be known before that one is seen changed.
   */
  private static List<List<RecordSet>> byName(List<RecordSet> sets) {
    var names = new TreeMap<String, List<RecordSet>>();
    sets.forEach(set -> names.computeIfAbsent(set.name(), _ -> new ArrayList<>()).add(set));
    return names.values().stream()
        .sorted(Comparator.comparing(of -> of.stream().noneMatch(s -> s.type().equals("TXT"))))
        .toList();
  }

  /** All record sets of the zone, or of one name. */
  List<RecordSet> sets(String zoneId, Optional<String> name)
      throws CallFailed, Halted, InterruptedException {
    var wanted = name.map(RecordSets::name);
    var sets = new ArrayList<RecordSet>();
    var request = ListResourceRecordSetsRequest.builder().hostedZoneId(zoneId).maxItems("300");
    wanted.ifPresent(request::startRecordName);
    for (var page = 0; page < MOST_PAGES; page++) {
      var answer = calls.call(request.build(), ListResourceRecordSetsResponse.class, Repeat.SAFE);
      for (var set : answer.resourceRecordSets()) {
        var read = RecordSets.read(set);
        if (wanted.isPresent() && !wanted.get().equals(read.name())) {
          return sets;
        }
        sets.add(read);
      }
      if (!Boolean.TRUE.equals(answer.isTruncated())) {
        return sets;
      }
      request
          .startRecordName(answer.nextRecordName())
          .startRecordType(answer.nextRecordType())
          .startRecordIdentifier(answer.nextRecordIdentifier());
    }
    throw new IllegalStateException("zone " + zoneId + " has more than " + MOST_PAGES + " pages");
  }

  List<Observation> change(String changeId) throws CallFailed, Halted, InterruptedException {
    var request = GetChangeRequest.builder().id(changeId).build();
    var answer = calls.call(request, GetChangeResponse.class, Repeat.SAFE);
    return List.of(new ChangeSeen(changeId, answer.changeInfo().status() == ChangeStatus.INSYNC));
  }

  /** Ids come back with a prefix that requests do not need. */
  private static String bare(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
