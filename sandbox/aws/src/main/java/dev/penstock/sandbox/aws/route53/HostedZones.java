package dev.penstock.sandbox.aws.route53;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.ZoneRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.DelegationSet;
import software.amazon.awssdk.services.route53.model.DeleteHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.DeleteHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneLimitRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneLimitResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.HostedZoneConfig;
import software.amazon.awssdk.services.route53.model.HostedZoneLimit;
import software.amazon.awssdk.services.route53.model.HostedZoneOwner;
import software.amazon.awssdk.services.route53.model.HostedZoneSummary;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByVpcRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByVpcResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.VPC;

/** Hosted zones of the account, public and private. */
public final class HostedZones implements Operations.Family {
  private static final int LARGEST_PAGE = 100;

  private static final List<String> NAME_SERVERS =
      List.of(
          "ns-1.awsdns-01.com", "ns-2.awsdns-02.net", "ns-3.awsdns-03.org", "ns-4.awsdns-04.co.uk");

  @Override
  public void register(Operations operations) {
    operations.on(CreateHostedZoneRequest.class, this::create);
    operations.on(DeleteHostedZoneRequest.class, this::delete);
    operations.on(GetHostedZoneRequest.class, this::get);
    operations.on(GetHostedZoneLimitRequest.class, this::limit);
    operations.on(ListHostedZonesRequest.class, this::list);
    operations.on(ListHostedZonesByNameRequest.class, this::listByName);
    operations.on(ListHostedZonesByVpcRequest.class, this::listByVpc);
  }

  /** A new zone with its SOA and NS records. */
  public static ZoneRow add(
      Turn turn, String id, String name, boolean isPrivate, List<VPC> networks, String reference) {
    var normal = DnsNames.normal(name);
    var zone =
        HostedZone.builder()
            .id(Zones.PREFIX + id)
            .name(normal)
            .callerReference(reference)
            .config(HostedZoneConfig.builder().privateZone(isPrivate).build())
            .build();
    var row = new ZoneRow(zone, networks, Map.of());
    turn.account().zones.put(id, row);
    var servers =
        NAME_SERVERS.stream()
            .map(server -> ResourceRecord.builder().value(server + ".").build())
            .toList();
    RecordSets.put(
        turn,
        id,
        ResourceRecordSet.builder()
            .name(normal)
            .type(RRType.NS)
            .ttl(172_800L)
            .resourceRecords(servers)
            .build());
    var soa = NAME_SERVERS.getFirst() + ". awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400";
    RecordSets.put(
        turn,
        id,
        ResourceRecordSet.builder()
            .name(normal)
            .type(RRType.SOA)
            .ttl(900L)
            .resourceRecords(ResourceRecord.builder().value(soa).build())
            .build());
    return row;
  }

  private SdkResponse create(Turn turn, CreateHostedZoneRequest request) {
    if (request.name() == null
        || !DnsNames.normal(request.name()).matches("([a-z0-9_-]{1,63}\\.)+")) {
      throw AwsError.refused("InvalidDomainName", request.name() + " is not a valid domain name");
    }
    for (var zone : turn.account().zones.all()) {
      if (zone.model().callerReference().equals(request.callerReference())) {
        throw new AwsError(
            "HostedZoneAlreadyExists",
            409,
            "A hosted zone has already been created with the specified caller reference");
      }
    }
    if (turn.account().zones.size() >= turn.quota(Quota.HOSTED_ZONES)) {
      throw AwsError.refused("TooManyHostedZones", "Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER");
    }
    var networks = request.vpc() == null ? List.<VPC>of() : List.of(request.vpc());
    var id = "Z" + turn.ids().token(20);
    var row =
        add(turn, id, request.name(), !networks.isEmpty(), networks, request.callerReference());
    return CreateHostedZoneResponse.builder()
        .hostedZone(Zones.shown(turn, row))
        .changeInfo(Changes.add(turn, "").info(turn))
        .delegationSet(networks.isEmpty() ? delegation() : null)
        .location("https://route53.amazonaws.com/2013-04-01/hostedzone/" + id)
        .build();
  }

  private SdkResponse delete(Turn turn, DeleteHostedZoneRequest request) {
    var id = Zones.bare(Zones.find(turn, request.id()).model().id());
    var records = turn.account().records.in(id);
    if (records.size() > 2) {
      throw AwsError.refused(
          "HostedZoneNotEmpty",
          "The specified hosted zone contains non-required resource record sets");
    }
    records.forEach(record -> turn.account().records.remove(RecordSets.key(record)));
    turn.account().zones.remove(id);
    return DeleteHostedZoneResponse.builder().changeInfo(Changes.add(turn, "").info(turn)).build();
  }

  private SdkResponse get(Turn turn, GetHostedZoneRequest request) {
    var row = Zones.find(turn, request.id());
    var response = GetHostedZoneResponse.builder().hostedZone(Zones.shown(turn, row));
    return row.networks().isEmpty()
        ? response.delegationSet(delegation()).build()
        : response.vpCs(row.networks()).build();
  }

  private static DelegationSet delegation() {
    return DelegationSet.builder().nameServers(NAME_SERVERS).build();
  }

  private SdkResponse limit(Turn turn, GetHostedZoneLimitRequest request) {
    var row = Zones.find(turn, request.hostedZoneId());
    var records = request.typeAsString().equals("MAX_RRSETS_BY_ZONE");
    var value = records ? turn.quota(Quota.RECORD_SETS_PER_ZONE) : 300;
    var count =
        records
            ? turn.account().records.in(Zones.bare(row.model().id())).size()
            : row.networks().size();
    return GetHostedZoneLimitResponse.builder()
        .limit(HostedZoneLimit.builder().type(request.typeAsString()).value((long) value).build())
        .count((long) count)
        .build();
  }

  private SdkResponse list(Turn turn, ListHostedZonesRequest request) {
    var page =
        Pages.of(
            List.copyOf(turn.account().zones.all()),
            row -> row.model().id(),
            request.marker(),
            size(request.maxItems()));
    return ListHostedZonesResponse.builder()
        .hostedZones(page.items().stream().map(row -> Zones.shown(turn, row)).toList())
        .marker(request.marker())
        .isTruncated(page.next() != null)
        .nextMarker(page.next())
        .maxItems(String.valueOf(size(request.maxItems())))
        .build();
  }

  /** Starts at the name; it does not filter. */
  private SdkResponse listByName(Turn turn, ListHostedZonesByNameRequest request) {
    var from =
        request.dnsName() == null ? "" : DnsNames.reversed(DnsNames.normal(request.dnsName()));
    var fromId = request.hostedZoneId() == null ? "" : Zones.bare(request.hostedZoneId());
    var sorted =
        turn.account().zones.all().stream()
            .sorted(
                Comparator.comparing((ZoneRow row) -> DnsNames.reversed(row.model().name()))
                    .thenComparing(row -> Zones.bare(row.model().id())))
            .filter(row -> {
              var name = DnsNames.reversed(row.model().name());
              return name.compareTo(from) > 0
                  || name.equals(from) && Zones.bare(row.model().id()).compareTo(fromId) >= 0;
            })
            .toList();
    var size = size(request.maxItems());
    var items = sorted.subList(0, Math.min(size, sorted.size()));
    var next = sorted.size() > size ? sorted.get(size).model() : null;
    return ListHostedZonesByNameResponse.builder()
        .hostedZones(items.stream().map(row -> Zones.shown(turn, row)).toList())
        .dnsName(request.dnsName())
        .isTruncated(next != null)
        .nextDNSName(next == null ? null : next.name())
        .nextHostedZoneId(next == null ? null : Zones.bare(next.id()))
        .maxItems(String.valueOf(size))
        .build();
  }

  private SdkResponse listByVpc(Turn turn, ListHostedZonesByVpcRequest request) {
    var found =
        turn.account().zones.all().stream()
            .filter(
                row -> row.networks().stream().anyMatch(vpc -> request.vpcId().equals(vpc.vpcId())))
            .toList();
    var page =
        Pages.of(found, row -> row.model().id(), request.nextToken(), size(request.maxItems()));
    return ListHostedZonesByVpcResponse.builder()
        .hostedZoneSummaries(
            page.items().stream()
                .map(row ->
                    HostedZoneSummary.builder()
                        .hostedZoneId(Zones.bare(row.model().id()))
                        .name(row.model().name())
                        .owner(HostedZoneOwner.builder().owningAccount(turn.account().id).build())
                        .build())
                .toList())
        .maxItems(String.valueOf(size(request.maxItems())))
        .nextToken(page.next())
        .build();
  }

  private static int size(@Nullable String wanted) {
    if (wanted == null) {
      return LARGEST_PAGE;
    }
    if (!wanted.matches("[1-9]\\d{0,8}")) {
      throw AwsError.refused("InvalidInput", "maxitems must be a positive number: " + wanted);
    }
    return Math.min(LARGEST_PAGE, Integer.parseInt(wanted));
  }
}
