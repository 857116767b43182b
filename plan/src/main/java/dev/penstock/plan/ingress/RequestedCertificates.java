package dev.penstock.plan.ingress;

import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.plan.dns.Zones;
import dev.penstock.plan.names.Hashes;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.CertificateSpec.ValidationRecord;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.intent.IngressIntent.CertificateRequest;
import dev.penstock.schemas.intent.IngressIntent.HostIntent;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificates that members have ACM asked for, one for each member (LBC 4.5). Names cannot be
 * added to a certificate: for other names one is made beside it, and what serves stays until that
 * one is issued. The validation names of each that is there are claimed like any host name.
 */
final class RequestedCertificates {
  private static final long VALIDATION_TTL_SECONDS = 60;
  private static final int HASH = 8;

  private final StackDraft draft;
  private final Map<String, List<ResourceKey>> byHash = new HashMap<>();

  RequestedCertificates(StackDraft draft) {
    this.draft = draft;
    for (ResourceKey key : draft.input.cloud().known(draft.input.stack())) {
      if (key.kind() == ResourceKind.CERTIFICATE) {
        var id = ResourceIds.plain(key.id());
        var hash = id.substring(id.lastIndexOf('-') + 1);
        byHash.computeIfAbsent(hash, _ -> new ArrayList<>()).add(key);
      }
    }
  }

  /** What a listener uses of a member's own; what is in force as long as that is not issued. */
  List<Link> of(Participant participant, CertificateRequest request, List<Link> inForce) {
    var key = key(participant, request);
    if (certificate(key).filter(LiveCertificate::issued).isEmpty()) {
      var before = inForce.stream().filter(link -> isOf(participant, link)).toList();
      if (!before.isEmpty()) {
        return before;
      }
    }
    return List.of(new Link.Ref(key));
  }

  /** Whether a certificate was made for this member. */
  boolean isOf(Participant participant, Link link) {
    return keys(participant)
        .flatMap(key -> certificate(key).stream())
        .anyMatch(live -> link.equals(new Link.Known(live.id())));
  }

  /** Wants what the members ask for, tells them what ACM refused, claims what it must see. */
  void write(List<Participant> participants) {
    for (Participant participant : participants) {
      if (participant.standing()) {
        participant.intent().certificate().ifPresent(request -> want(participant, request));
        claim(participant);
      }
    }
  }

  private void want(Participant participant, CertificateRequest request) {
    var key = key(participant, request);
    draft.want(
        key,
        new CertificateSpec(
            request.names(), request.authorityArn(), draft.tags(key.id(), participant.tags())),
        List.of(participant.member()));
    certificate(key)
        .filter(live -> !live.issued() && !live.pending())
        .ifPresent(live ->
            draft.tell(
                participant.member(),
                "CertificateNotIssued",
                "certificate %s is %s%s: delete it, and it is asked for again"
                    .formatted(
                        live.id(),
                        live.status(),
                        live.reason().isEmpty() ? "" : " (" + live.reason() + ")")));
  }

  private void claim(Participant participant) {
    var claimed = new LinkedHashSet<ValidationRecord>();
    for (ResourceKey key : keys(participant).toList()) {
      for (var record : certificate(key).map(LiveCertificate::validation).orElse(List.of())) {
        if (claimed.add(record)) {
          draft.claims.add(new HostClaim(participant.member(), name(record), key, false));
        }
      }
    }
  }

  private static HostIntent name(ValidationRecord record) {
    return new HostIntent(
        undotted(record.name()),
        List.of(undotted(record.value())),
        Optional.of(VALIDATION_TTL_SECONDS),
        false,
        Map.of(),
        Optional.empty());
  }

  /** The one that fits and is there, or may be there; else the first that is free to be made. */
  private ResourceKey key(Participant participant, CertificateRequest request) {
    var wanted = new CertificateSpec(request.names(), request.authorityArn(), Map.of());
    var id = id(participant, request);
    int known =
        keys(participant).mapToInt(key -> ResourceIds.successor(key.id()) + 1).max().orElse(0);
    var perhaps = new ArrayList<ResourceKey>();
    var free = new ArrayList<ResourceKey>();
    for (int number = 0; number <= known; number++) {
      var key = draft.key(ResourceKind.CERTIFICATE, id, number);
      switch (presence(key)) {
        case Present(LiveCertificate live) when live.spec().fits(wanted) -> {
          return key;
        }
        case Present _ -> {}
        case Unknown _ -> perhaps.add(key);
        case Missing _ -> free.add(key);
      }
    }
    perhaps.addAll(free);
    return perhaps.getFirst();
  }

  private Presence presence(ResourceKey key) {
    return draft.input.cloud().presence(key);
  }

  private Optional<LiveCertificate> certificate(ResourceKey key) {
    return presence(key) instanceof Present(LiveCertificate live)
        ? Optional.of(live)
        : Optional.empty();
  }

  /** All of which something is known that was made for this member, under any domain name. */
  private Stream<ResourceKey> keys(Participant participant) {
    return byHash.getOrDefault(hash(participant), List.of()).stream();
  }

  private static String id(Participant participant, CertificateRequest request) {
    var type = request.authorityArn().isPresent() ? "private" : "amazon_issued";
    var domain = request.names().getFirst().replace("*", "wildcard");
    return type + "/" + domain + "-" + hash(participant);
  }

  private static String hash(Participant participant) {
    return Hashes.hex(List.of(participant.member().path())).substring(0, HASH);
  }

  private static String undotted(String name) {
    return Zones.undotted(name).toLowerCase(Locale.ROOT);
  }
}
