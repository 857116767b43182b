package dev.penstock.schemas.event;

import dev.penstock.schemas.avro.Default;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing that an answer of AWS says. */
public sealed interface Observation {
  /** A resource is as {@code live} says, as far as the named aspects go. */
  record ResourcePresent(ResourceKey resource, Live live, List<Aspect> aspects)
      implements Observation {}

  /** A resource is not there, proven by the read or by our own delete. */
  record ResourceMissing(ResourceKey resource) implements Observation {}

  /** A resource could not be read. */
  record ResourceUnknown(ResourceKey resource, String reason) implements Observation {}

  /**
   * Something was met whose key the reader does not know: by its id or by its tags it may be known
   * to the reconciler. {@code live} speaks of the named aspects only.
   */
  record ResourceFound(Live live, Map<String, String> tags, List<Aspect> aspects)
      implements Observation {}

  /** Health of targets of one group; {@code complete}: what is not listed is not registered. */
  record TargetsSeen(ResourceKey targetGroup, List<TargetHealth> targets, boolean complete)
      implements Observation {}

  /** What of ours exists; {@code complete}: nothing else but what the same scan listed before. */
  record OwnedScanned(List<String> clusters, List<String> ids, @Default("true") boolean complete)
      implements Observation {}

  record NetworkSeen(Network network) implements Observation {}

  /**
   * Some network interfaces of a VPC; {@code complete}: nothing else is there but what the same
   * read named before.
   */
  record InterfacesSeen(String vpcId, List<Network.NetworkInterface> interfaces, boolean complete)
      implements Observation {}

  record NamedSeen(Named named) implements Observation {}

  record CertificatesSeen(List<Certificate> certificates) implements Observation {}

  record HostedZonesSeen(List<HostedZone> zones) implements Observation {}

  /**
   * Record sets of a zone, all or none of each name; of one name when given. {@code complete}:
   * nothing else is in the zone but what the same read named before.
   */
  record RecordsSeen(
      String zoneId,
      Optional<String> name,
      List<RecordSet> recordSets,
      @Default("true") boolean complete)
      implements Observation {}

  /** State of a Route 53 change. */
  record ChangeSeen(String changeId, boolean inSync) implements Observation {}
}
